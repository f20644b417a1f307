package io.bywash.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.runtime.cli.CommandRun.Ended;
import io.bywash.runtime.fixture.HandlerJar;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input that shows without a broker: what is said, and how the process ends. */
class LintTest {
    private static final String BROKERS = "bywash.kafka.bootstrap.servers = \"localhost:9092\"";
    private static final String CONSUMER = "bywash.consumers.billing { topics = [orders], handler = order-handler }";

    @TempDir
    private Path folder;

    @BeforeEach
    void dropHandler() {
        new HandlerJar().handler("OrderHandler", "").writeTo(folder.resolve("handlers/orders.jar"));
    }

    private void assertRefused(Ended ended, String message) {
        assertEquals(ExitCode.CONFIGURATION.code(), ended.code(), ended::err);
        assertTrue(ended.err().contains(message), () -> message + "\nnot in\n" + ended.err());
    }

    @Test
    void aGoodConfigurationHasNoProblems() {
        Ended ended = CommandRun.in(folder, BROKERS, CONSUMER).execute("lint");
        assertEquals(new Ended(0, "no problems: 1 consumer\n", ""), ended);
    }

    @Test
    void unknownKey() {
        CommandRun run = CommandRun.in(folder, BROKERS, CONSUMER, "bywash.defaults.drain-timout = 5s");
        assertRefused(
                run.execute("lint"),
                run.config() + ":3: bywash.defaults.drain-timout: is unknown; did you mean drain-timeout?");
    }

    @Test
    void wrongType() {
        CommandRun run = CommandRun.in(folder, BROKERS, CONSUMER, "bywash.defaults.attempts.max = many");
        assertRefused(
                run.execute("lint"),
                run.config() + ":3: bywash.defaults.attempts.max: is \"many\", but must be a whole number");
    }

    @Test
    void missingFile() {
        Ended ended = CommandRun.in(folder)
                .executeRaw("lint", "-c", folder.resolve("none.conf").toString());
        assertRefused(ended, "configuration file " + folder.resolve("none.conf") + ": does not exist");
    }

    @Test
    void missingHandler() {
        CommandRun run = CommandRun.in(folder, BROKERS, "bywash.consumers.x { topics = [a], handler = oder-handler }");
        assertRefused(
                run.execute("lint"),
                run.config()
                        + ":2: bywash.consumers.x.handler: is oder-handler, but there is no such handler; did you mean"
                        + " order-handler?");
    }

    @Test
    void aHandlerThatIsMissingBecauseItsJarIsBrokenIsExplained() {
        Path jar = new HandlerJar()
                .source("Base", "public abstract class Base implements TopicHandler<String, String> {}")
                .source(
                        "Stock",
                        "public class Stock extends Base {"
                                + " public void handle(ConsumerRecord<String, String> r, HandlerContext c) {} }")
                .service("io.bywash.handler.TopicHandler", "com.acme.Stock")
                .without("Base")
                .writeTo(folder.resolve("handlers/stock.jar"));
        CommandRun run = CommandRun.in(folder, BROKERS, "bywash.consumers.x { topics = [a], handler = stock }");
        assertRefused(
                run.execute("lint"),
                "is stock, but there is no such handler; found: order-handler; com.acme.Stock in " + jar
                        + " is broken: java.lang.NoClassDefFoundError: com/acme/Base");
    }

    @Test
    void aBrokenJarThatNobodyNeedsIsOnlyAWarning() {
        new HandlerJar()
                .service("io.bywash.handler.TopicHandler", "com.acme.Gone")
                .writeTo(folder.resolve("handlers/gone.jar"));
        new HandlerJar().source("Library", "public class Library {}").writeTo(folder.resolve("handlers/library.jar"));
        Ended ended = CommandRun.in(folder, BROKERS, CONSUMER).execute("lint");
        assertEquals(0, ended.code());
        assertTrue(ended.err()
                .contains("warning: com.acme.Gone in " + folder.resolve("handlers/gone.jar") + " is broken: "));
        assertTrue(ended.err().contains("warning: " + folder.resolve("handlers/library.jar") + " provides nothing; "));
    }

    @Test
    void aJarThatBundlesWhatItMustShareIsWarnedOf() {
        new HandlerJar()
                .unit("Handles", "package io.bywash.handler; public @interface Handles {}")
                .handler("Second", "")
                .writeTo(folder.resolve("handlers/fat.jar"));
        Ended ended = CommandRun.in(
                        folder, BROKERS, CONSUMER, "bywash.consumers.second { topics = [a], handler = second }")
                .execute("lint");
        assertEquals(0, ended.code());
        assertEquals(
                "warning: " + folder.resolve("handlers/fat.jar")
                        + " bundles classes of io.bywash.*, which are not used:"
                        + " handlers share those of Bywash; leave them out of the jar, as Maven does with scope provided\n",
                ended.err());
    }

    @Test
    void oneGroupInTwoBlocks() {
        CommandRun run = CommandRun.in(
                folder,
                BROKERS,
                CONSUMER,
                "bywash.consumers.audit { topics = [a], handler = order-handler, group = billing }");
        assertRefused(
                run.execute("lint"),
                "bywash.consumers.billing: has group billing, and so has bywash.consumers.audit (" + run.config()
                        + ":3); a group belongs to one consumer");
    }

    @Test
    void emptyTopicList() {
        CommandRun run = CommandRun.in(folder, BROKERS, "bywash.consumers.x { topics = [], handler = order-handler }");
        assertRefused(
                run.execute("lint"),
                run.config()
                        + ":2: bywash.consumers.x.topics: is empty; name at least one topic or give a topic-pattern");
    }

    @Test
    void noBrokers() {
        assertRefused(
                CommandRun.in(folder, "bywash.kafka.bootstrap.servers = null", CONSUMER)
                        .execute("lint"),
                "bywash.kafka.bootstrap.servers: is missing; set it to host:port of a broker");
    }

    @Test
    void twoHandlersOfOneName() {
        new HandlerJar()
                .handler("Second", "@Handles(name = \"order-handler\")")
                .writeTo(folder.resolve("handlers/second.jar"));
        assertRefused(
                CommandRun.in(folder, BROKERS, CONSUMER).execute("lint"),
                folder.resolve("handlers/second.jar") + ": handler order-handler: com.acme.Second has the same name as"
                        + " com.acme.OrderHandler (" + folder.resolve("handlers/orders.jar") + ")");
    }

    @Test
    void everyProblemAtOnce() {
        Ended ended = CommandRun.in(
                        folder,
                        "bywash.kafka { bootstrap.servers = null, enable.auto.commit = true }",
                        "bywash.consumers { a { topics = [], handler = none }, b { topics = [b], handler = none } }")
                .execute("lint");
        assertRefused(ended, "5 problems in the configuration:\n");
    }

    @Test
    void anOddPropertyIsAWarning() {
        CommandRun run = CommandRun.in(folder, BROKERS, CONSUMER, "bywash.kafka.fetch.min.byte = 5");
        Ended ended = run.execute("lint");
        assertEquals(0, ended.code());
        assertTrue(
                ended.err().startsWith("warning: " + run.config() + ":3: bywash.kafka.fetch.min.byte: "), ended.err());
    }
}
