package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.PauseReason;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.EventLog;
import io.bywash.core.fixture.Gate;
import io.bywash.core.fixture.KeyLog;
import io.bywash.core.fixture.Meddler;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.TestGroup;
import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.Buffers;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.OnFailure;
import io.bywash.core.settings.Ordering;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A record that fails holds up its key and nothing else, whatever follows. */
class LaneFailureTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static final FailurePolicy QUICK = FailurePolicy.DEFAULT
            .withMaxAttempts(3)
            .withBackoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), 1, 0));

    /** Waits for the second attempt for longer than any test runs. */
    private static final FailurePolicy PATIENT =
            FailurePolicy.DEFAULT.withBackoff(new Backoff(Duration.ofHours(1), Duration.ofHours(1), 1, 0));

    private static final FailurePolicy HALT = QUICK.withOnFailure(OnFailure.HALT);

    @AutoClose
    private final Members members = new Members();

    private final TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
    private final KeyLog log = new KeyLog();
    private final EventLog events = new EventLog();
    private final Set<String> bad = ConcurrentHashMap.newKeySet();

    private GroupConsumerBuilder member(FailurePolicy failures) {
        return group.member("a", log.handler((record, context) -> {
                    if (bad.contains(record.value())) {
                        throw new IllegalStateException("cannot take " + record.value());
                    }
                }))
                .failures(failures)
                .ordering(Ordering.key(8))
                .listener(events);
    }

    @Test
    void deadLettersAreWrittenInTheOrderOfTheirKey() {
        List<String> failing = group.produceTo(0, Collections.nCopies(20, "failing"));
        List<String> others = group.produceTo(0, distinct(500));
        bad.addAll(failing.subList(0, 10));
        members.start(member(QUICK));
        group.awaitNoLag();

        List<String> calls = new ArrayList<>();
        failing.subList(0, 10).forEach(value -> calls.addAll(Collections.nCopies(3, value)));
        calls.addAll(failing.subList(10, 20));
        assertEquals(calls, log.begun().stream().filter(failing::contains).toList());
        log.assertOrder();
        List<String> good = new ArrayList<>(others);
        good.addAll(failing.subList(10, 20));
        log.assertEachOnce(good);
        String letters = group.topic() + "." + group.name() + ".dlt";
        assertEquals(
                failing.subList(0, 10),
                KAFKA.cluster().awaitRecords(letters, 10).stream()
                        .map(letter -> new String(letter.value(), StandardCharsets.UTF_8))
                        .toList());
    }

    @Test
    void aKeyThatWaitsForItsRetryHoldsUpNobodyElse() {
        List<String> failing = group.produceTo(0, List.of("failing", "failing"));
        bad.add(failing.get(0));
        GroupConsumer consumer = members.start(member(PATIENT));
        List<String> others = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            others.addAll(group.produceTo(0, distinct(100)));
            log.awaitValues(others);
        }
        PartitionSnapshot snapshot = awaitWhy(consumer, "offset 0: attempt 2 follows");
        assertTrue(snapshot.why().contains("cannot take " + failing.get(0)), snapshot::why);
        assertEquals(Set.of(), snapshot.pauseReasons(), "others may come");
        assertEquals(
                List.of(failing.get(0)),
                log.begun().stream().filter(failing::contains).toList());
        awaitText("f=0@0:1");
        assertEquals(0, group.committed(0));
    }

    @Test
    void aRetryThatSucceedsLeavesNoTrace() {
        List<String> written = group.produceTo(0, distinct(200));
        Gate gate = new Gate();
        Set<String> failedOnce = ConcurrentHashMap.newKeySet();
        members.start(group.member("a", log.handler((record, context) -> {
                    if (record.offset() == 0) {
                        gate.pass();
                    } else if (failedOnce.add(record.value())) {
                        throw new IllegalStateException("not at once");
                    }
                }))
                .failures(QUICK)
                .ordering(Ordering.key(8)));
        log.awaitFinished(199);
        awaitText(" d=");
        Await.until(
                () -> "no failure is told of records that are complete: " + group.commit(0),
                () -> !group.commit(0).orElseThrow().metadata().contains("f="));
        gate.open();
        group.awaitNoLag();
        log.assertEachOnce(written);
    }

    @Test
    void aHaltStopsOneKeyAndNoOther() {
        List<String> failing = group.produceTo(0, List.of("failing", "failing"));
        bad.add(failing.get(0));
        GroupConsumer consumer = members.start(member(HALT));
        awaitWhy(consumer, "offset 0: java.lang.IllegalStateException: cannot take");
        List<String> others = group.produceTo(0, distinct(300));
        log.awaitValues(others);
        assertEquals(0, group.committed(0));
        assertEquals(3, log.begun().stream().filter(failing::contains).count());
        awaitOne(GroupEvent.PartitionHalted.class);

        consumer.skipHalted(at(0));
        group.awaitNoLag();
        log.awaitValues(failing.subList(1, 2));
        log.assertOrder();
        awaitOne(GroupEvent.Skipped.class);
        assertEquals(1, events.of(GroupEvent.PartitionHalted.class).size());
    }

    /** Events come on a thread of their own. */
    private void awaitOne(Class<? extends GroupEvent> type) {
        Await.until(() -> "one of " + events.all(), () -> events.of(type).size() == 1);
    }

    @Test
    void aHaltedRecordIsTriedAgainOnDemandWithAllItsAttempts() {
        List<String> failing = group.produceTo(0, List.of("failing", "failing"));
        bad.add(failing.get(0));
        GroupConsumer consumer = members.start(member(HALT));
        Await.until(
                () -> "it halts: " + events.all(),
                () -> events.of(GroupEvent.PartitionHalted.class).size() == 1);
        consumer.retryHalted(at(0));
        Await.until(
                () -> "it halts again: " + events.all(),
                () -> events.of(GroupEvent.PartitionHalted.class).size() == 2);
        assertEquals(6, log.begun().size());

        bad.clear();
        consumer.retryHalted(at(0));
        group.awaitNoLag();
        log.assertOrder();
        log.assertEachOnce(failing);
    }

    @Test
    void eachOrderIsAboutTheRecordThatItNames() {
        List<String> failing = group.produceTo(0, List.of("a", "b", "c"));
        bad.addAll(failing);
        GroupConsumer consumer = members.start(member(HALT));
        Await.until(
                () -> "all three are halted: " + events.all(),
                () -> events.of(GroupEvent.PartitionHalted.class).size() == 3);

        assertTrue(consumer.skipHalted(at(0)));
        group.awaitCommitted(0, 1);
        assertFalse(consumer.skipHalted(at(0)), "it is complete");
        bad.clear();
        assertTrue(consumer.retryHalted(at(1)));
        log.awaitValues(failing.subList(1, 2));
        group.awaitCommitted(0, 2);
        assertTrue(consumer.skipHalted(at(2)));
        group.awaitNoLag();
        log.assertEachOnce(failing.subList(1, 2));
        assertEquals(
                List.of(0L, 2L),
                events.of(GroupEvent.Skipped.class).stream()
                        .map(skipped -> skipped.record().offset())
                        .toList());
    }

    @Test
    void anErrorStopsTheConsumerAndIsNoAttempt() {
        List<String> written = group.produceTo(0, distinct(50));
        Gate gate = new Gate();
        GroupConsumer consumer = members.start(group.member("a", log.handler((record, context) -> {
                    if (record.offset() == 0) {
                        gate.pass();
                        throw new AssertionError("no more");
                    }
                }))
                .failures(QUICK)
                .ordering(Ordering.key(8))
                .listener(events));
        log.awaitFinished(49);
        gate.open();
        Await.until(
                () -> "the consumer ends: " + consumer.state(),
                () -> consumer.state().isFinal());
        assertEquals(ConsumerState.FAILED, consumer.state());
        ConsumerFailedException failure = consumer.failure().orElseThrow();
        assertTrue(failure.getMessage().contains("no more"), failure::getMessage);
        assertEquals(0, group.committed(0));
        assertFalse(group.commit(0).orElseThrow().metadata().contains("f="), "the record has all its attempts");

        KeyLog second = new KeyLog();
        members.start(group.member("b", second.handler()).ordering(Ordering.key(8)));
        group.awaitNoLag();
        assertEquals(written.subList(0, 1), second.finished(), "the others were complete");
    }

    @Test
    void whenAFailingKeyFillsTheBufferThePauseNamesItAndEndsWithTheFailure() {
        List<String> failing = group.produceTo(0, Collections.nCopies(200, "failing"));
        bad.add(failing.get(0));
        Meddler meddler = new Meddler();
        GroupConsumer consumer = members.start(member(PATIENT)
                .environment(meddler.environment())
                .buffers(new Buffers(50, 1 << 20))
                .kafka(Map.of("max.poll.records", 20)));
        Set<PauseReason> both = Set.of(PauseReason.BUFFER_FULL, PauseReason.RETRY);
        Await.until(
                () -> "it is paused for " + both + ": " + consumer.snapshot(),
                () -> consumer.snapshot().partitions().stream()
                        .anyMatch(partition -> partition.pauseReasons().equals(both)));
        PartitionSnapshot snapshot = awaitWhy(consumer, "offset 0: attempt 2 follows");
        assertTrue(snapshot.buffered() < 50 + 20, () -> "buffered: " + snapshot);
        assertEquals(1, log.begun().size());

        bad.clear();
        meddler.leap(Duration.ofHours(2));
        group.awaitNoLag();
        log.assertOrder();
        log.assertEachOnce(failing);
    }

    @Test
    void whenAFailingKeyFillsTheMemoryThePauseNamesIt() {
        bad.add(group.produceTo(0, Collections.nCopies(400, "failing")).get(0));
        GroupConsumer consumer =
                members.start(member(PATIENT).buffers(new Buffers(1_000, 1_024)).kafka(Map.of("max.poll.records", 20)));
        Set<PauseReason> both = Set.of(PauseReason.MEMORY, PauseReason.RETRY);
        Await.until(
                () -> "it is paused for " + both + ": " + consumer.snapshot(),
                () -> consumer.snapshot().partitions().stream()
                        .anyMatch(partition -> partition.pauseReasons().equals(both)));
        assertEquals(1, log.begun().size());
    }

    @Test
    void manyFailingKeysAreNamedByTheFirstOfThem() {
        bad.addAll(group.produceTo(0, distinct(20)));
        GroupConsumer consumer = members.start(member(PATIENT));
        String why = awaitWhy(consumer, "and 17 more").why();
        for (int offset = 0; offset < 3; offset++) {
            assertTrue(why.contains("offset " + offset + ": attempt 2 follows"), why);
        }
        assertFalse(why.contains("offset 3"), why);
    }

    @Test
    void attemptsAreHandedOnWithTheirRecords() {
        List<String> written = group.produceTo(0, distinct(3));
        bad.addAll(written.subList(0, 2));
        GroupConsumer first = members.start(member(PATIENT));
        log.awaitFinished(1);
        awaitText("f=0@0:1 f=1@0:1");
        assertTrue(first.close(Duration.ofSeconds(20)));

        Map<String, Integer> attempts = new ConcurrentHashMap<>();
        members.start(group.member(
                        "b", log.handler((record, context) -> attempts.put(record.value(), context.attempt())))
                .failures(PATIENT)
                .ordering(Ordering.key(8)));
        group.awaitNoLag();
        assertEquals(Map.of(written.get(0), 2, written.get(1), 2), attempts);
    }

    private RecordPosition at(long offset) {
        return new RecordPosition(group.partition(0), offset);
    }

    private PartitionSnapshot awaitWhy(GroupConsumer consumer, String part) {
        Await.until(
                () -> "'" + part + "' in " + consumer.snapshot(),
                () -> consumer.snapshot().partitions().stream()
                        .anyMatch(partition -> partition.why().contains(part)));
        return consumer.snapshot().partitions().get(0);
    }

    private void awaitText(String part) {
        Await.until(
                () -> "'" + part + "' in " + group.commit(0),
                () -> group.commit(0)
                        .map(OffsetAndMetadata::metadata)
                        .orElse("")
                        .contains(part));
    }

    private static List<String> distinct(int count) {
        return IntStream.range(0, count).mapToObj(i -> "key " + i).toList();
    }
}
