package io.bywash.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.runtime.cli.CommandRun.Ended;
import io.bywash.runtime.fixture.HandlerJar;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class MainTest {
    private static final String BROKERS = "bywash.kafka.bootstrap.servers = \"localhost:9092\"";

    @TempDir
    private Path folder;

    @Test
    void theNumbersAreAPromise() {
        assertEquals(
                List.of(0, 1, 2, 3, 4, 5),
                Arrays.stream(ExitCode.values()).map(ExitCode::code).toList());
    }

    @ParameterizedTest
    @CsvSource({"CONFIGURATION, 3", "REFUSED, 4", "FENCED, 1", "HANDLER, 1", "SOFTWARE, 1"})
    void everyKindOfFailureHasItsCode(Kind kind, int code) {
        assertEquals(
                code, ExitCode.of(new ConsumerFailedException(kind, "x", null)).code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "lint", "explain", "list"})
    void theHelpOfEveryCommandListsTheExitCodes(String command) {
        Ended ended = CommandRun.in(folder).executeRaw(command, "--help");
        assertEquals(0, ended.code());
        for (ExitCode code : ExitCode.values()) {
            assertTrue(ended.out().replaceAll("\\s+", " ").contains(code.code() + " " + code.meaning()), ended.out());
        }
        assertTrue(ended.out().contains("--config=FILE"), ended.out());
    }

    @Test
    void anUnknownCommandAndAnUnknownOptionAreMisuse() {
        Ended ended = CommandRun.in(folder).executeRaw("rum");
        assertEquals(2, ended.code());
        assertEquals("there is no command rum; did you mean run?\nsee bywash help\n", ended.err());
        assertEquals(
                new Ended(2, "", "Unknown option: '--fast'\nsee bywash help run\n"),
                CommandRun.in(folder).executeRaw("run", "--fast"));
        assertEquals(2, CommandRun.in(folder).executeRaw().code());
    }

    @Test
    void helpIsACommandAsWell() {
        Ended ended = CommandRun.in(folder).executeRaw("help", "run");
        assertEquals(0, ended.code(), ended::err);
        assertEquals(CommandRun.in(folder).executeRaw("run", "--help").out(), ended.out());
    }

    @Test
    void theVersionIsShown() {
        assertTrue(CommandRun.in(folder).executeRaw("--version").out().startsWith("bywash "));
    }

    @Test
    void explainShowsWhereEverySettingComesFromAndNoSecret() {
        new HandlerJar().handler("OrderHandler", "").writeTo(folder.resolve("handlers/orders.jar"));
        CommandRun run = CommandRun.in(
                folder,
                BROKERS,
                "bywash.defaults.commit-interval = 3s",
                "bywash.kafka { ssl.key.password = hush, schema.registry.url = \"http://me:hush@registry\" }",
                "bywash.auth.sasl { mechanism = SCRAM-SHA-512, username = me, password = hush }",
                "bywash.consumers.billing {",
                "  topics = [orders], handler = order-handler, attempts.max = 9, ordering = none, kafka.max.poll.records = 77",
                "}");
        Ended ended = run.execute("explain");
        assertEquals(3, ended.code(), "ssl.key.password beside auth is a problem of its own");
        List<String> lines =
                ended.out().lines().map(line -> line.replaceAll(" +", " ")).toList();
        String file = " # " + run.config() + ":";
        assertTrue(lines.contains("bywash.defaults.commit-interval = \"3s\"" + file + 2), ended.out());
        assertTrue(lines.contains("bywash.consumers.billing.commit-interval = \"3s\"" + file + 2), ended.out());
        assertTrue(lines.contains("bywash.consumers.billing.attempts.max = 9" + file + 6), ended.out());
        assertTrue(lines.contains("bywash.consumers.billing.ordering = \"none\"" + file + 6), ended.out());
        assertTrue(
                lines.stream()
                        .anyMatch(line ->
                                line.matches("bywash.consumers.billing.concurrency = 64 # .*reference.conf:\\d+")),
                ended.out());
        assertTrue(lines.contains("bywash.consumers.billing.kafka.max.poll.records = 77" + file + 6), ended.out());
        assertTrue(lines.contains("bywash.consumers.billing.kafka.auto.offset.reset = none # Bywash"), ended.out());
        assertTrue(lines.contains("bywash.auth.sasl.password = ***" + file + 4), ended.out());
        assertTrue(lines.contains("bywash.kafka.ssl.key.password = ***" + file + 3), ended.out());
        assertTrue(lines.stream()
                .anyMatch(line -> line.matches("bywash.startup-timeout = \"off\" # .*reference.conf:\\d+")));
        assertFalse((ended.out() + ended.err()).contains("hush"));
    }

    @Test
    void explainShowsTheConsumersThatNobodyConfigured() {
        new HandlerJar().handler("Stock", "@Handles(topics = \"stock\")").writeTo(folder.resolve("handlers/stock.jar"));
        Ended ended = CommandRun.in(folder, BROKERS).execute("explain");
        assertEquals(0, ended.code(), ended::err);
        assertTrue(
                ended.out().replaceAll(" +", " ").contains("bywash.consumers.stock.kafka.group.id = stock # Bywash"),
                ended.out());
    }

    @Test
    void listShowsHandlersTheirJarTopicsTypesAndConsumer() {
        Path stock = new HandlerJar()
                .handler("Stock", "@Handles(topics = \"stock\")")
                .writeTo(folder.resolve("handlers/stock.jar"));
        Path order = new HandlerJar().handler("OrderHandler", "").writeTo(folder.resolve("handlers/orders.jar"));
        Path idle = new HandlerJar().handler("Idle", "").writeTo(folder.resolve("handlers/idle.jar"));
        Ended ended = CommandRun.in(
                        folder,
                        "bywash.consumers.billing { topics = [orders, returns], handler = order-handler }",
                        "bywash.consumers.audit { topics = [a, b], handler = order-handler, handlers.b = stock",
                        "  ordering = key, concurrency = 128 }")
                .execute("list");
        assertEquals(0, ended.code(), ended::err);
        List<String> lines =
                ended.out().lines().map(line -> line.replaceAll(" {2,}", "|")).toList();
        assertEquals(
                List.of(
                        "HANDLER|CONSUMER|TOPICS|ORDERING|KEY|VALUE|CLASS|JAR",
                        "idle|-|-|-|-|-|com.acme.Idle|" + idle,
                        "order-handler|audit|a, b|key, 128 at once|String|String|com.acme.OrderHandler|" + order,
                        "order-handler|billing|orders, returns|partition|String|String|com.acme.OrderHandler|" + order,
                        "stock|audit|b|key, 128 at once|String|String|com.acme.Stock|" + stock),
                lines);
    }

    @Test
    void anExtensionAddsACommand() throws IOException {
        Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                folder.resolve("META-INF/services/" + CommandProvider.class.getName()), Added.class.getName());
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader extended =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(extended);
            assertEquals(5, CommandRun.in(folder).executeRaw("check").code());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** A command that finds a difference. */
    public static class Added implements CommandProvider {
        @Override
        public Object command(StopSource stopping) {
            return new Check();
        }
    }

    @Command(name = "check")
    static class Check implements Callable<Integer> {
        @Override
        public Integer call() {
            return ExitCode.VERIFICATION.code();
        }
    }
}
