package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.PauseReason;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.CallLog;
import io.bywash.core.fixture.Gate;
import io.bywash.core.fixture.Meddler;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.Protocol;
import io.bywash.core.fixture.RecordingHandler;
import io.bywash.core.fixture.TestGroup;
import io.bywash.core.settings.Buffers;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A slow handler slows its own partition down and nothing else, and what waits is bounded. */
class BackPressureTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static final int BOUND = 50;
    private static final int POLL = 20;

    @AutoClose
    private final Members members = new Members();

    private final CallLog log = new CallLog();
    private final Gate gate = new Gate();
    private final RecordingHandler slowOnZero = new RecordingHandler("a", log, (record, context) -> {
        if (record.partition() == 0) {
            gate.pass();
        }
    });

    @ParameterizedTest
    @EnumSource
    void pausesOnlyThePartitionThatIsSlowAndResumesIt(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 3, protocol);
        List<String> slow = group.produceTo(0, 1_000);
        List<String> others = new ArrayList<>(group.produceTo(1, 1_000));
        Meddler meddler = new Meddler();
        GroupConsumer consumer = members.start(group.member("a", slowOnZero)
                .buffers(new Buffers(BOUND, 1 << 20))
                .environment(meddler.environment())
                .kafka(Map.of("max.poll.records", POLL)));
        awaitReasons(consumer, 0, Set.of(PauseReason.BUFFER_FULL));
        others.addAll(group.produceTo(2, 1_000));
        log.awaitValues(others);

        assertEquals(Set.of(PauseReason.BUFFER_FULL), snapshot(consumer, 0).pauseReasons());
        assertTrue(snapshot(consumer, 0).buffered() < BOUND + POLL, () -> "buffered: " + snapshot(consumer, 0));
        // The client's knowledge of the lag stands still meanwhile; the broker is asked for it every ten seconds.
        meddler.leap(Duration.ofSeconds(10));
        Await.until(
                () -> "lag of " + snapshot(consumer, 0),
                () -> snapshot(consumer, 0).lag() == 1_000);

        gate.open();
        others.addAll(slow);
        log.awaitValues(others);
        log.assertEachOnceInOrder(others);
        awaitReasons(consumer, 0, Set.of());
        group.awaitNoLag();
    }

    @ParameterizedTest
    @EnumSource
    void boundsTheMemoryOfAllPartitionsTogether(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 3, protocol);
        int size = 10_000;
        int budget = 5 * size;
        write(group, 0, 30, size);
        write(group, 1, 30, size);
        Gate both = new Gate();
        GroupConsumer consumer = members.start(group.member("a", new RecordingHandler("a", log, (record, context) -> {
                    if (record.partition() < 2) {
                        both.pass();
                    }
                }))
                .buffers(new Buffers(10_000, budget))
                .kafka(Map.of("max.poll.records", 2, "max.partition.fetch.bytes", size)));
        Await.until(
                () -> "memory is full: " + consumer.snapshot(),
                () -> reasons(consumer).contains(PauseReason.MEMORY));
        assertTrue(consumer.snapshot().buffered() <= 5 + 2, () -> "buffered: " + consumer.snapshot());

        List<String> small = group.produceTo(2, 50);
        log.awaitValues(small);
        both.open();
        log.awaitFinished(110);
        group.awaitNoLag();
        Await.until(
                () -> "nothing is paused: " + consumer.snapshot(),
                () -> reasons(consumer).isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatAnOperatorPausedOverARebalance(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2, protocol);
        GroupConsumer consumer = members.start(group.member("a", new RecordingHandler("a", log)));
        Await.until("the member is ready", consumer::isReady);
        consumer.pause(Set.of(group.partition(0), group.partition(1)));
        GroupConsumer passing = members.start(group.member("b", new RecordingHandler("b", log)));
        Await.until("the partitions are shared", () -> passing.assignment().size() == 1);
        passing.close();
        Await.until("the partitions are back", () -> consumer.assignment().size() == 2);
        awaitReasons(consumer, 0, Set.of(PauseReason.OPERATOR));
        awaitReasons(consumer, 1, Set.of(PauseReason.OPERATOR));

        List<String> held = group.produceTo(0, 10);
        consumer.resume(Set.of(group.partition(1)));
        List<String> read = group.produceTo(1, 10);
        log.awaitValues(read);
        assertEquals(Set.copyOf(read), CallLog.valuesOf(log.begun()), "handled although paused");

        consumer.resume(Set.of(group.partition(0)));
        log.awaitValues(held);
        awaitReasons(consumer, 0, Set.of());
    }

    @ParameterizedTest
    @EnumSource
    void needsHardlyAnyProcessorTimeWhilePaused(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2, protocol);
        group.produceTo(0, 1_000);
        GroupConsumer consumer = members.start(group.member("a", slowOnZero)
                .buffers(new Buffers(BOUND, 1 << 20))
                .kafka(Map.of("max.poll.records", POLL)));
        awaitReasons(consumer, 0, Set.of(PauseReason.BUFFER_FULL));

        Duration watched = Duration.ofMillis(1_500);
        long before = processorNanos(group.name());
        Await.within(watched, () -> false);
        long used = processorNanos(group.name()) - before;
        assertTrue(used < watched.toNanos() / 3, () -> used / 1_000_000 + " ms of " + watched.toMillis() + " ms");
        gate.open();
    }

    /** The time of the threads that carry the name of the group: the engine's own, and those of the Kafka client. */
    private static long processorNanos(String group) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().contains(group) || thread.getName().startsWith("consumer_background")) {
                nanos += Math.max(0, threads.getThreadCpuTime(thread.getId()));
            }
        }
        return nanos;
    }

    private static void write(TestGroup group, int partition, int count, int size) {
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(new ProducerRecord<>(group.topic(), partition, null, "x".repeat(size)));
        }
        KAFKA.cluster().produce(records, new StringSerializer(), new StringSerializer());
    }

    private static PartitionSnapshot snapshot(GroupConsumer consumer, int partition) {
        return consumer.snapshot().partitions().stream()
                .filter(one -> one.partition().partition() == partition)
                .findFirst()
                .orElseThrow();
    }

    private static List<PauseReason> reasons(GroupConsumer consumer) {
        return consumer.snapshot().partitions().stream()
                .flatMap(partition -> partition.pauseReasons().stream())
                .toList();
    }

    private static void awaitReasons(GroupConsumer consumer, int partition, Set<PauseReason> reasons) {
        Await.until(
                () -> "partition " + partition + " is paused for " + reasons + ": " + consumer.snapshot(),
                () -> consumer.snapshot().partitions().stream()
                        .anyMatch(one -> one.partition().partition() == partition
                                && one.pauseReasons().equals(reasons)));
    }
}
