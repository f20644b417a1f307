package io.bywash.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import io.bywash.core.GroupConsumer;
import io.bywash.core.commit.CommittedOffset;
import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.session.Origin;
import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.OnFailure;
import io.bywash.handler.NonRetriableException;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import io.bywash.tools.fixture.LetterBox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** lag and offsets, against a group that has committed and one that is active. */
class OffsetsCommandTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private LetterBox box;
    private Cli cli;

    @BeforeEach
    void open() {
        box = new LetterBox(KAFKA.cluster(), 2);
        cli = Cli.of(folder, KAFKA.cluster().bootstrapServers(), box);
        KAFKA.cluster()
                .produce(
                        IntStream.range(0, 10)
                                .mapToObj(i -> new ProducerRecord<>(
                                        box.source(), 0, LetterBox.TIME + 1_000L * i, "k", "v" + i))
                                .toList(),
                        new StringSerializer(),
                        new StringSerializer());
    }

    private TopicPartition partition() {
        return new TopicPartition(box.source(), 0);
    }

    private long committed() {
        OffsetAndMetadata offset = KAFKA.cluster().committedOffsets(box.group()).get(partition());
        return offset == null ? -1 : offset.offset();
    }

    private void commit(long offset) {
        cliRun("offsets", "reset", "--to-offset", String.valueOf(offset), "--execute", box.source() + "-0");
        assertEquals(offset, committed());
    }

    private Cli.Ended cliRun(String... arguments) {
        Cli.Ended ended = cli.run(arguments);
        assertEquals(0, ended.code(), ended.err());
        return ended;
    }

    /** Handles all before v4, and halts there. */
    private GroupConsumer halting() {
        return box.consumer()
                .failures(FailurePolicy.DEFAULT
                        .withMaxAttempts(2)
                        .withBackoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), 1, 0))
                        .withOnFailure(OnFailure.HALT))
                .handler(
                        (record, context) -> {
                            if (record.value().equals("v4")) {
                                throw new NonRetriableException("no");
                            }
                        },
                        StringDeserializer::new,
                        StringDeserializer::new)
                .start();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, what);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void lagSaysHowFarBehindAndAtWhichRecord() {
        try (GroupConsumer consumer = halting()) {
            await("the halt is committed", () -> cli.run("lag").out().contains("4 halted after"));
            Cli.Ended lag = cliRun("lag");
            List<String> lines = lag.out().lines().toList();
            assertEquals("group " + box.group() + ": 6 behind, 1 member, STABLE", lines.get(0));
            List<String> row = List.of(lines.get(2).split(" {2,}"));
            assertEquals(List.of(partition().toString(), "4", "10", "6", "4 halted after 1 time"), row.subList(0, 5));
            assertTrue(row.get(5).startsWith(box.group() + "/"), row.get(5));

            Config json =
                    cliRun("lag", "-o", "json").json().getConfigList("groups").get(0);
            assertEquals(6, json.getInt("lag"));
            Config first = json.getConfigList("partitions").get(0);
            assertEquals(4, first.getInt("committed"));
            assertTrue(first.getConfigList("failed").get(0).getBoolean("halted"));
            assertTrue(consumer.close(Duration.ofSeconds(20)));
        }
    }

    @Test
    void aGroupThatNeverRanHasNoLag() {
        Cli.Ended lag = cliRun("lag");
        assertTrue(lag.out().startsWith("group " + box.group() + ": 0 behind, never seen by the brokers\n"), lag.out());
        assertEquals(
                List.of(partition().toString(), "-", "10", "-", "-", "-"),
                List.of(lag.out().lines().toList().get(2).split(" {2,}")));
    }

    @Test
    void showTellsWhatIsCommitted() {
        commit(3);
        Cli.Ended shown = cliRun("offsets", "show");
        assertEquals(
                List.of(box.group(), partition().toString(), "0", "3", "10", "-", "-"),
                List.of(shown.out().lines().toList().get(1).split(" {2,}")));
        Config json = cliRun("offsets", "show", "-o", "json")
                .json()
                .getConfigList("groups")
                .get(0);
        assertEquals(3, json.getConfigList("partitions").get(0).getInt("committed"));
    }

    @Test
    void aResetSaysWhatItWouldDoAndDoesItOnlyWhenTold() {
        commit(5);
        Cli.Ended dry = cliRun("offsets", "reset", "--to-earliest", box.source() + "-0");
        assertEquals(
                List.of(partition().toString(), "5", "0", "repeats 5"),
                List.of(dry.out().lines().toList().get(1).split(" {2,}")));
        assertTrue(dry.out().endsWith("nothing was changed; add --execute to do it\n"), dry.out());
        assertEquals(5, committed());

        assertReset(10, "skips 5", "--to-latest");
        assertReset(7, "repeats 3", "--shift-by=-3");
        assertReset(0, "repeats 7", "--shift-by=" + Long.MIN_VALUE / 2);
        assertReset(10, "skips 10", "--shift-by=" + Long.MAX_VALUE);
        assertReset(2, "repeats 8", "--to-offset=2");
        assertReset(10, "skips 8", "--to-offset=4711");
        assertReset(6, "repeats 4", "--to-datetime=" + Instant.ofEpochMilli(LetterBox.TIME + 5_500));
        assertReset(10, "skips 4", "--to-datetime=" + Instant.ofEpochMilli(LetterBox.TIME + 60_000));
        assertTrue(cliRun("offsets", "reset", "--to-latest", box.source() + "-0")
                .out()
                .contains("is there already; nothing to do"));
        Config json = cliRun("offsets", "reset", "--to-earliest", "-o", "json", box.source() + "-0")
                .json();
        assertEquals(10, json.getConfigList("changes").get(0).getInt("repeated"));
        assertEquals(
                List.of(),
                List.copyOf(json.getList("changes")
                        .subList(1, json.getList("changes").size())));
    }

    /** Nothing of what was committed may outlive a reset, though the offset stays the same. */
    @Test
    void whatIsCompleteBeyondTheOffsetIsForgotten() throws Exception {
        Origin stuck = new Origin(
                0,
                Optional.empty(),
                List.of(),
                DoneRanges.of(new long[] {1, 6}, 0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        KAFKA.cluster()
                .admin()
                .alterConsumerGroupOffsets(
                        box.group(),
                        Map.of(partition(), CommittedOffset.of(stuck, 4096).orElseThrow()))
                .all()
                .get();
        assertTrue(cliRun("offsets", "show").out().contains("[1 to 5]"));
        assertReset(0, "repeats 5", "--to-earliest");
        assertFalse(cliRun("offsets", "show").out().contains("[1 to 5]"));
    }

    @Test
    void aGroupThatCannotBeToldHidesNoOther() {
        Cli both = Cli.of(
                folder,
                "bywash.kafka.bootstrap.servers = \"" + KAFKA.cluster().bootstrapServers() + "\"",
                "bywash.consumers.a { topics = [" + box.source()
                        + "], handler = h, kafka.bootstrap.servers = \"127.0.0.1:1\" }",
                "bywash.consumers.b { group = " + box.group() + ", topics = [" + box.source() + "], handler = h2 }");
        Cli.Ended lag = both.run("lag");
        assertEquals(4, lag.code());
        assertTrue(lag.out().contains("group " + box.group() + ": "), lag.out());
        assertTrue(lag.err().contains("127.0.0.1:1"), lag.err());
    }

    private void assertReset(long expected, String effect, String to) {
        Cli.Ended ended = cliRun("offsets", "reset", to, "--execute", box.source() + "-0");
        assertTrue(ended.out().contains(effect + "\n"), ended.out());
        assertTrue(ended.out().endsWith("group " + box.group() + " was reset\n"), ended.out());
        assertEquals(expected, committed(), to);
    }

    @Test
    void aGroupBeginsWhereItWasPut() {
        commit(8);
        java.util.Queue<String> seen = new java.util.concurrent.ConcurrentLinkedQueue<>();
        try (GroupConsumer consumer = box.consumer()
                .handler(
                        (record, context) -> seen.add(record.value()), StringDeserializer::new, StringDeserializer::new)
                .start()) {
            await("the last is handled", () -> seen.contains("v9"));
            assertTrue(consumer.close(Duration.ofSeconds(20)));
        }
        assertEquals(List.of("v8", "v9"), List.copyOf(seen));
    }

    @Test
    void anActiveGroupIsNotReset() {
        try (GroupConsumer consumer = halting()) {
            await("it has joined", consumer::isReady);
            await("it is stable", () -> cli.run("lag").out().contains("1 member, STABLE"));
            for (String execute : List.of("--execute", "-o=json")) {
                Cli.Ended refused = cli.run("offsets", "reset", "--to-earliest", execute);
                assertEquals(1, refused.code());
                assertEquals(
                        "group " + box.group()
                                + " has 1 member (STABLE), whose next commit would undo the reset; stop consumer"
                                + " orders everywhere, wait until they have left, and try again",
                        refused.err()
                                .lines()
                                .filter(line -> !line.startsWith("warning"))
                                .findFirst()
                                .orElse(""));
            }
        }
    }

    @Test
    void badChoicesAreSaid() {
        Cli.Ended none = cli.run("offsets", "reset");
        assertEquals(2, none.code());
        assertTrue(none.err().contains("--to-earliest"), none.err());
        Cli.Ended two = cli.run("offsets", "reset", "--to-earliest", "--to-latest");
        assertEquals(2, two.code());
        Cli.Ended topic = cli.run("offsets", "reset", "--to-earliest", "nowhere");
        assertEquals(3, topic.code());
        assertTrue(
                topic.err().contains("group " + box.group() + " has no such partition; it has " + box.source()),
                topic.err());
        Cli.Ended incomplete = Cli.plain("offsets");
        assertEquals(2, incomplete.code());
        assertTrue(incomplete.err().contains("Missing required subcommand"), incomplete.err());
    }

    @Test
    void twoConsumersAreTwoGroups() {
        Cli both = Cli.of(
                folder,
                "bywash.kafka.bootstrap.servers = \"" + KAFKA.cluster().bootstrapServers() + "\"",
                "bywash.consumers.a { group = " + box.group() + ", topics = [" + box.source() + "], handler = h }",
                "bywash.consumers.b { topics = [" + box.source() + "], handler = h2 }");
        Config json = both.run("lag", "-o", "json").json();
        assertEquals(
                List.of("a", "b"),
                json.getConfigList("groups").stream()
                        .map(group -> group.getString("consumer"))
                        .toList());
        Cli.Ended reset = both.run("offsets", "reset", "--to-earliest");
        assertEquals(3, reset.code());
        assertTrue(reset.err().contains("name one group with --group; there are " + box.group() + ", b"), reset.err());
        assertEquals(0, both.run("offsets", "reset", "--to-earliest", "-g", "b").code());
        assertEquals(Map.of(), KAFKA.cluster().committedOffsets("b"));
    }
}
