package io.bywash.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.runtime.cli.CommandRun.Ended;
import io.bywash.runtime.fixture.HandlerJar;
import io.bywash.runtime.fixture.Seen;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.UniqueName;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
    private static final long PATIENCE_S = 90;
    private static final String AWAY = "bywash.kafka.bootstrap.servers = \"127.0.0.1:1\"";
    private static final String SMALL = "bywash.consumers.x { topics = [a], handler = recorder, drain-timeout = 2s }";

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @TempDir
    private Path folder;

    private final String group = UniqueName.of("group");

    private static EmbeddedKafka kafka() {
        return KAFKA.cluster();
    }

    private static String brokers() {
        return "bywash.kafka.bootstrap.servers = \"" + kafka().bootstrapServers() + "\"";
    }

    private static Ended await(CompletableFuture<Ended> command) throws Exception {
        return command.get(PATIENCE_S, TimeUnit.SECONDS);
    }

    @Test
    void aDroppedJarIsRunAndDrainedWhenAskedToStop() throws Exception {
        Seen.jar().writeTo(folder.resolve("handlers/recorder.jar"));
        String topic = kafka().createUniqueTopic("orders", 1);
        for (String value : new String[] {"one", "two", "three"}) {
            kafka().produce(topic, "k", value);
        }
        CommandRun run = CommandRun.in(
                folder,
                brokers(),
                "bywash.consumers.billing { group = " + group + ", topics = [" + topic + "], handler = recorder",
                "  ordering = key, concurrency = 3, attempts { max = 3, timeout = 20s }, start-from = 1h ago }");
        CompletableFuture<Ended> running = run.start("run");
        assertEquals("one", Seen.next(topic));
        assertEquals("two", Seen.next(topic));
        assertEquals("three", Seen.next(topic));
        run.stop().request();
        Ended ended = await(running);
        assertEquals(0, ended.code(), ended::err);
        assertEquals("recorder", Seen.next("closed"));
        assertEquals(
                3,
                kafka().committedOffsets(group)
                        .get(new TopicPartition(topic, 0))
                        .offset());
        assertEquals(
                String.join(
                        "\n",
                        "consumer billing",
                        "  group       " + group,
                        "  topics      " + topic,
                        "  handler     recorder (com.acme.Recorder in " + folder.resolve("handlers/recorder.jar") + ")",
                        "  ordering    key, 3 at once",
                        "  on failure  3 attempts of at most 20s, 0.2s to 30s apart, then dead-letter to {topic}.{group}.dlt",
                        "  starts at   records of the last 1h, where nothing is committed",
                        "stopped after T, drained: 3 handled, 0 dead-lettered, 0 skipped, committed",
                        ""),
                ended.out().replaceFirst("stopped after [0-9hms]+", "stopped after T"));
    }

    @Test
    void callsAndDeserialisersOfAJarHaveItsClassLoader() throws Exception {
        String mine = "Thread.currentThread().getContextClassLoader() == getClass().getClassLoader()";
        new HandlerJar()
                .source(
                        "Tell",
                        "public class Tell implements TopicHandler<byte[], Boolean> {"
                                + " public void handle(ConsumerRecord<byte[], Boolean> r, HandlerContext c) {"
                                + " io.bywash.runtime.fixture.Seen.note(r.topic(), r.value() + \", \" + (" + mine
                                + ")); } }")
                .source(
                        "Told",
                        "public class Told implements org.apache.kafka.common.serialization.Deserializer<Boolean> {"
                                + " public Boolean deserialize(String topic, byte[] data) { return " + mine + "; } }")
                .service("io.bywash.handler.TopicHandler", "com.acme.Tell")
                .writeTo(folder.resolve("handlers/tell.jar"));
        String topic = kafka().createUniqueTopic("tell", 1);
        kafka().produce(topic, "k", "v");
        CommandRun run = CommandRun.in(
                folder,
                brokers(),
                "bywash.consumers.x { group = " + group + ", topics = [" + topic + "], handler = tell",
                "  value-deserializer = com.acme.Told }");
        CompletableFuture<Ended> running = run.start("run");
        assertEquals("true, true", Seen.next(topic));
        run.stop().request();
        assertEquals(0, await(running).code());
    }

    @Test
    void aHandlerThatDeclaresItsTopicsRunsWithoutAnyBlock() throws Exception {
        String topic = kafka().createUniqueTopic("stock", 1);
        new HandlerJar()
                .source(
                        "Stock",
                        "@Handles(name = \"" + group + "\", topics = \"" + topic + "\")"
                                + " public class Stock implements TopicHandler<byte[], String> {"
                                + " public void handle(ConsumerRecord<byte[], String> r, HandlerContext c) {"
                                + " io.bywash.runtime.fixture.Seen.note(r.topic(), r.value()); } }")
                .service("io.bywash.handler.TopicHandler", "com.acme.Stock")
                .writeTo(folder.resolve("handlers/stock.jar"));
        kafka().produce(topic, "k", "one");
        CommandRun run = CommandRun.in(folder, brokers());
        CompletableFuture<Ended> running = run.start("run");
        assertEquals("one", Seen.next(topic));
        run.stop().request();
        assertEquals(0, await(running).code());
        assertEquals(
                1,
                kafka().committedOffsets(group)
                        .get(new TopicPartition(topic, 0))
                        .offset());
    }

    @Test
    void aHandlerWhoseConstructorThrows() throws Exception {
        new HandlerJar()
                .source(
                        "Bad",
                        "@Handles(topics = \"bad\") public class Bad implements TopicHandler<String, String> {"
                                + " public Bad() { throw new IllegalStateException(\"no database\"); }"
                                + " public void handle(ConsumerRecord<String, String> r, HandlerContext c) {} }")
                .service("io.bywash.handler.TopicHandler", "com.acme.Bad")
                .writeTo(folder.resolve("handlers/bad.jar"));
        Ended ended = await(CommandRun.in(folder, brokers()).start("run"));
        assertEquals(1, ended.code());
        assertEquals(
                "handler bad (com.acme.Bad in " + folder.resolve("handlers/bad.jar")
                        + ") cannot be created: java.lang.IllegalStateException: no database; mend it, or remove the jar or what"
                        + " refers to the handler\n",
                ended.err());
    }

    @Test
    void aHandlerThatDoesNotOpen() throws Exception {
        new HandlerJar()
                .source(
                        "Shut",
                        "@Handles(topics = \"shut\") public class Shut implements TopicHandler<String, String> {"
                                + " public void open() throws Exception { throw new java.io.IOException(\"door is locked\"); }"
                                + " public void handle(ConsumerRecord<String, String> r, HandlerContext c) {} }")
                .service("io.bywash.handler.TopicHandler", "com.acme.Shut")
                .writeTo(folder.resolve("handlers/shut.jar"));
        Ended ended = await(CommandRun.in(folder, brokers()).start("run"));
        assertEquals(1, ended.code());
        assertTrue(
                ended.err().contains("handler shut does not open: java.io.IOException: door is locked"), ended.err());
    }

    @Test
    void noSuchTopicFailsWhenToldTo() throws Exception {
        Seen.jar().writeTo(folder.resolve("handlers/recorder.jar"));
        String topic = UniqueName.of("nowhere");
        Ended ended = await(CommandRun.in(
                        folder,
                        brokers(),
                        "bywash.consumers.x { group = " + group + ", topics = [" + topic
                                + "], handler = recorder, missing-topics = fail }")
                .start("run"));
        assertEquals(3, ended.code(), ended::err);
        assertTrue(
                ended.err()
                        .contains("topics [" + topic + "] of consumer x do not exist on " + kafka().bootstrapServers()
                                + "; create them, correct the names, or set missing-topics = wait"),
                ended.err());
    }

    @Test
    void noSuchTopicIsWaitedForOtherwise() throws Exception {
        Seen.jar().writeTo(folder.resolve("handlers/recorder.jar"));
        String topic = UniqueName.of("later");
        CommandRun run = CommandRun.in(
                folder,
                brokers(),
                "bywash { kafka.metadata.max.age.ms = 500, consumers.x { group = " + group + ", topics = [" + topic
                        + "], handler = recorder } }");
        CompletableFuture<Ended> running = run.start("run");
        kafka().createTopic(topic, 1);
        kafka().produce(topic, "k", "one");
        assertEquals("one", Seen.next(topic));
        run.stop().request();
        assertEquals(0, await(running).code());
    }

    @Test
    @Timeout(PATIENCE_S)
    void anUnreachableBrokerIsTriedForEverAndSaidToBe() throws Exception {
        Seen.jar().writeTo(folder.resolve("handlers/recorder.jar"));
        CommandRun run = CommandRun.in(folder, AWAY, SMALL);
        CompletableFuture<Ended> running = run.start("run");
        while (!run.complaints().contains("\n")) {
            assertThrows(TimeoutException.class, () -> running.get(100, TimeUnit.MILLISECONDS));
        }
        assertTrue(
                run.complaints()
                        .matches(
                                "(?s)warning: consumer x has not joined group x within [0-9]+s; are its brokers, 127.0.0.1:1,"
                                        + " up and reachable from here\\? It keeps trying.\n.*"),
                run.complaints());
        run.stop().request();
        assertEquals(0, await(running).code());
    }

    @Test
    void anUnreachableBrokerEndsARunThatHasATimeout() throws Exception {
        Seen.jar().writeTo(folder.resolve("handlers/recorder.jar"));
        Ended ended = await(CommandRun.in(folder, AWAY, SMALL, "bywash.startup-timeout = 2s")
                .start("run"));
        assertEquals(4, ended.code(), ended::err);
        assertTrue(
                ended.err()
                        .contains("consumer x has not joined group x within 2s (startup-timeout); are its brokers,"
                                + " 127.0.0.1:1, up and reachable from here?"),
                ended.err());
    }

    @Test
    void whenOneConsumerFailsTheOthersAreDrainedAndTheCodeIsThatOfTheFailure() throws Exception {
        Seen.jar().writeTo(folder.resolve("handlers/recorder.jar"));
        String topic = kafka().createUniqueTopic("orders", 1);
        String sick = kafka().createUniqueTopic("sick", 1);
        new HandlerJar()
                .source(
                        "Sick",
                        "public class Sick implements TopicHandler<String, String> {"
                                + " public void handle(ConsumerRecord<String, String> r, HandlerContext c) {"
                                + " throw new OutOfMemoryError(\"not really\"); } }")
                .service("io.bywash.handler.TopicHandler", "com.acme.Sick")
                .writeTo(folder.resolve("handlers/sick.jar"));
        kafka().produce(topic, "k", "one");
        CommandRun run = CommandRun.in(
                folder,
                brokers(),
                "bywash.consumers { well { group = " + group + ", topics = [" + topic + "], handler = recorder }",
                "  ill { group = " + group + "-ill, topics = [" + sick + "], handler = sick } }");
        CompletableFuture<Ended> running = run.start("run");
        assertEquals("one", Seen.next(topic));
        kafka().produce(sick, "k", "poison");
        Ended ended = await(running);
        assertEquals(1, ended.code(), ended::err);
        assertTrue(ended.err().contains("a handler of ill threw an error"), ended.err());
        assertEquals(
                1,
                kafka().committedOffsets(group)
                        .get(new TopicPartition(topic, 0))
                        .offset());
        assertFalse(kafka().committedOffsets(group + "-ill").containsKey(new TopicPartition(sick, 0))
                && kafka().committedOffsets(group + "-ill")
                                .get(new TopicPartition(sick, 0))
                                .offset()
                        > 0);
    }
}
