package io.bywash.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.Gate;
import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.handler.AsyncTopicHandler;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More keys, larger keys, more failures and more calls at once than anybody should have. */
@Timeout(300)
class LaneExtremesTest {
    private static final int IN_FLIGHT = 10_000;

    private final Gate gate = new Gate();
    private final Map<Long, CompletableFuture<Void>> stages = new ConcurrentHashMap<>();
    private final AsyncTopicHandler<byte[], byte[]> asynchronous =
            (record, context) -> stages.computeIfAbsent(record.offset(), offset -> new CompletableFuture<>());

    /** What is held is counted by what can still be reached, of a sample that grows with the records. */
    @Test
    void fiveMillionKeysBehindARecordThatWaitsLeaveNothingInMemory() {
        int records = 5_000_000;
        List<WeakReference<ConsumerRecord<byte[], byte[]>>> sample = new ArrayList<>();
        try (LaneBench bench = LaneBench.byKey(2, FailurePolicy.DEFAULT, (record, context) -> {
            if (record.offset() == 0) {
                gate.pass();
            }
        })) {
            PartitionSession session = bench.assign(0);
            for (long first = 0; first < records; first += 5_000) {
                List<ConsumerRecord<byte[], byte[]>> batch = LongStream.range(first, first + 5_000)
                        .mapToObj(LaneExtremesTest::ofItsOwnKey)
                        .toList();
                if (first > 0) {
                    sample.add(new WeakReference<>(batch.get(0)));
                }
                bench.deliver(session, batch);
                Await.until("there is room", () -> {
                    bench.takers.turn();
                    return session.queue().waitingRecords() < 20_000;
                });
            }
            Await.until("all others are complete", () -> session.queue().waitingRecords() == 1);
            session.askForReport();
            assertEquals(
                    DoneRanges.of(new long[] {1, records}, 1),
                    session.ledger().frontier().done());
            Await.until(() -> reachable(sample) + " of " + sample.size() + " are held", () -> {
                System.gc();
                return reachable(sample) <= 2;
            });
            gate.open();
            bench.awaitComplete(session);
        }
    }

    private static long reachable(List<WeakReference<ConsumerRecord<byte[], byte[]>>> sample) {
        return sample.stream().filter(one -> one.get() != null).count();
    }

    private static ConsumerRecord<byte[], byte[]> ofItsOwnKey(long offset) {
        return Records.record(
                offset, ByteBuffer.allocate(Long.BYTES).putLong(offset).array());
    }

    @Test
    void keysOfAMebibyteThatDifferInTheLastByteAreKeptInOrderAndApart() {
        int keys = 4;
        AtomicIntegerArray running = new AtomicIntegerArray(keys);
        Map<Byte, Long> latest = new ConcurrentHashMap<>();
        List<String> violations = new CopyOnWriteArrayList<>();
        try (LaneBench bench = LaneBench.byKey(16, FailurePolicy.DEFAULT, (record, context) -> {
            byte key = record.key()[record.key().length - 1];
            if (running.incrementAndGet(key) > 1) {
                violations.add("two calls at once of key " + key + ", one of offset " + record.offset());
            }
            Long before = latest.put(key, record.offset());
            if (before != null && before > record.offset()) {
                violations.add(before + " came before " + record.offset());
            }
            if (key == 0) {
                gate.pass();
            }
            running.decrementAndGet(key);
        })) {
            PartitionSession session = bench.assign(0);
            for (int offset = 0; offset < 10 * keys; offset++) {
                byte[] key = new byte[1 << 20];
                key[key.length - 1] = (byte) (offset % keys);
                bench.deliver(session, List.of(Records.record(offset, key)));
            }
            Await.until("all others are complete", () -> session.queue().waitingRecords() == 10);
            assertEquals(0, session.ledger().frontierOffset());
            gate.awaitWaiting(1);
            assertEquals(1, running.get(0), "calls of the key that waits");
            gate.open();
            bench.awaitComplete(session);
        }
        assertEquals(List.of(), violations);
    }

    @Test
    void aKeyThatHasNineTenthsOfAllRecordsHoldsUpNoOther() {
        int records = 50_000;
        KeyChecker checker = new KeyChecker(records, records, (record, context) -> {
            if (record.offset() == 1) {
                gate.pass();
            }
        });
        try (LaneBench bench = LaneBench.byKey(8, FailurePolicy.DEFAULT, checker)) {
            PartitionSession session = bench.assign(0);
            bench.deliver(
                    session,
                    LongStream.range(0, records)
                            .mapToObj(offset -> KeyChecker.record(offset, offset % 10 == 0 ? (int) offset : 1))
                            .toList());
            Await.until(
                    () -> session.queue().waitingRecords() + " wait",
                    () -> session.queue().waitingRecords() == records / 10 * 9);
            gate.open();
            bench.awaitComplete(session);
        }
        checker.assertOrder();
        checker.assertEachOnce(records);
    }

    @Test
    void everyKeyMayFailAtOnce() {
        FailurePolicy thrice = FailurePolicy.DEFAULT
                .withMaxAttempts(3)
                .withBackoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), 1, 0));
        int keys = 5_000;
        KeyChecker checker = new KeyChecker(keys, keys, (record, context) -> {
            if (context.attempt() < 3) {
                throw new IllegalStateException("not yet");
            }
        });
        try (LaneBench bench = LaneBench.byKey(16, thrice, checker)) {
            PartitionSession session = bench.assign(0);
            bench.deliver(
                    session,
                    LongStream.range(0, keys)
                            .mapToObj(offset -> KeyChecker.record(offset, (int) offset))
                            .toList());
            bench.awaitComplete(session);
            assertEquals(List.of(), session.failed().all());
        }
        checker.assertOrder();
        checker.assertEachOnce(keys);
    }

    private PartitionSession inFlight(LaneBench bench) {
        PartitionSession session = bench.assign(0);
        bench.deliver(
                session,
                LongStream.range(0, IN_FLIGHT)
                        .mapToObj(LaneExtremesTest::ofItsOwnKey)
                        .toList());
        Await.until(() -> session.taker().calls().size() + " in flight", () -> {
            bench.takers.turn();
            return session.taker().calls().size() == IN_FLIGHT;
        });
        return session;
    }

    @Test
    void tenThousandRecordsInFlightAreToldAsFarAsTheyCompleteWhenThePartitionGoes() {
        try (LaneBench bench = LaneBench.byKey(IN_FLIGHT, FailurePolicy.DEFAULT, asynchronous)) {
            PartitionSession session = inFlight(bench);
            session.stop();
            stages.forEach((offset, stage) -> {
                if (offset % 2 == 1) {
                    stage.complete(null);
                }
            });
            session.taker().interrupt();
            // Whoever commits next does not wait for those that are cut short.
            Await.until(
                    () -> "told: " + session.ledger().frontier().done().count(),
                    () -> session.ledger().frontier().done().count() == IN_FLIGHT / 2);
            bench.awaitQuiet(session);
            assertTrue(stages.get(0L).isCancelled());
            session.askForReport();
            assertEquals(0, session.ledger().frontierOffset());
            assertEquals(IN_FLIGHT / 2, session.ledger().frontier().done().count());
            assertEquals(List.of(), session.failed().all(), "what was cut short has not failed");
            assertEquals(List.of(), bench.events);
        }
    }

    @Test
    void tenThousandRecordsInFlightAreCancelledWhenThePartitionIsLost() {
        try (LaneBench bench = LaneBench.byKey(IN_FLIGHT, FailurePolicy.DEFAULT, asynchronous)) {
            PartitionSession session = inFlight(bench);
            session.lose();
            bench.awaitQuiet(session);
            assertTrue(stages.values().stream().allMatch(CompletableFuture::isCancelled));
            assertEquals(0, session.ledger().frontierOffset());
            assertEquals(List.of(), bench.fatal);
        }
    }

    @Test
    void stagesInFlightAreStartedByFewLanes() {
        try (LaneBench bench = LaneBench.byKey(IN_FLIGHT, FailurePolicy.DEFAULT, asynchronous)) {
            PartitionSession session = inFlight(bench);
            assertTrue(bench.lanes.get() < IN_FLIGHT / 10, bench.lanes + " lanes");
            stages.values().forEach(stage -> stage.complete(null));
            bench.awaitComplete(session);
        }
    }
}
