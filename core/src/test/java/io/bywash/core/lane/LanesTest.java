package io.bywash.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.Gate;
import io.bywash.core.ledger.Frontier;
import io.bywash.core.session.Origin;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.handler.TopicHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the timing: keys keep their order, no record is lost or comes twice, and what is told of it is true at every moment. */
@Timeout(120)
class LanesTest {
    private static final int KEYS = 50;
    private static final FailurePolicy QUICK = FailurePolicy.DEFAULT
            .withMaxAttempts(1_000)
            .withBackoff(new Backoff(Duration.ofNanos(1_000), Duration.ofNanos(1_000), 1, 0));
    private static final TopicHandler<byte[], byte[]> NO_WORK = (record, context) -> {};
    private static final TopicHandler<byte[], byte[]> SOME_WORK = (record, context) -> {
        int chance = ThreadLocalRandom.current().nextInt(100);
        if (chance < 10) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(200_000));
        } else if (chance < 50) {
            Thread.yield();
        }
    };
    private static final TopicHandler<byte[], byte[]> FAILING = (record, context) -> {
        SOME_WORK.handle(record, context);
        if (ThreadLocalRandom.current().nextInt(20) == 0) {
            throw new IllegalStateException("not this time");
        }
    };

    private final Random random = new Random(1);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    void quickCallsKeepTheOrder(int lanes) {
        staysTrue(lanes, 500_000, NO_WORK);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64})
    void slowCallsKeepTheOrder(int lanes) {
        staysTrue(lanes, 20_000, SOME_WORK);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void failingCallsKeepTheOrder(int lanes) {
        staysTrue(lanes, 20_000, FAILING);
    }

    private void staysTrue(int lanes, int records, TopicHandler<byte[], byte[]> work) {
        KeyChecker checker = new KeyChecker(KEYS, records, work);
        try (LaneBench bench = LaneBench.byKey(lanes, QUICK, checker)) {
            PartitionSession session = bench.assign(0);
            Truth truth = new Truth(checker, session);
            while (session.ledger().deliveredNext() < records) {
                deliver(bench, session, records);
                truth.look();
                Await.until("there is room", () -> {
                    bench.takers.turn();
                    truth.look();
                    return session.queue().waitingRecords() < 10_000;
                });
            }
            bench.awaitComplete(session);
            truth.look();
            assertEquals(List.of(), bench.fatal);
            assertEquals(List.of(), session.failed().all(), "failures of records that are complete");
        }
        checker.assertOrder();
        checker.assertEachOnce(records);
    }

    private void deliver(LaneBench bench, PartitionSession session, int end) {
        long first = session.ledger().deliveredNext();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        int count = 1 + random.nextInt(random.nextBoolean() ? 5 : 500);
        for (long offset = first; offset < Math.min(end, first + count); offset++) {
            records.add(KeyChecker.record(offset, key(offset)));
        }
        bench.deliver(session, records);
    }

    /** The same at every delivery; one of 51 has none. */
    private static int key(long offset) {
        return (int) ((offset * 0x9E37_79B9_7F4A_7C15L >>> 33) % (KEYS + 1)) - 1;
    }

    /** Holds what could be committed against what is finished. */
    private static final class Truth {
        private final KeyChecker checker;
        private final PartitionSession session;
        private long checked;

        Truth(KeyChecker checker, PartitionSession session) {
            this.checker = checker;
            this.session = session;
            this.checked = session.origin().offset();
        }

        void look() {
            session.askForReport();
            Frontier frontier = session.ledger().frontier();
            for (; checked < frontier.offset(); checked++) {
                assertFinished(checked);
            }
            for (int range = 0; range < frontier.done().count(); range++) {
                for (long offset = frontier.done().first(range);
                        offset < frontier.done().end(range);
                        offset++) {
                    assertFinished(offset);
                }
            }
        }

        private void assertFinished(long offset) {
            assertTrue(checker.isFinished(offset), () -> "told that " + offset + " is complete, which is not finished");
        }
    }

    @Test
    void theFirstLanesAreThereBeforeThereIsAnythingToDo() {
        try (LaneBench bench = LaneBench.byKey(16, QUICK, NO_WORK)) {
            bench.assign(0);
            Await.until(() -> bench.lanes + " lanes", () -> bench.lanes.get() == 16);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    void noRecordIsLeftLying(int lanes) {
        int records = 30_000;
        KeyChecker checker = new KeyChecker(KEYS, records + 3, NO_WORK);
        try (LaneBench bench = LaneBench.byKey(lanes, QUICK, checker)) {
            PartitionSession session = bench.assign(0);
            while (session.ledger().deliveredNext() < records) {
                long first = session.ledger().deliveredNext();
                List<ConsumerRecord<byte[], byte[]>> few = new ArrayList<>();
                for (long offset = first; offset <= first + first % 3; offset++) {
                    few.add(KeyChecker.record(offset, random.nextInt(3) - 1));
                }
                bench.deliver(session, few);
                // Nobody looks after the lanes meanwhile: the delivery has to be enough.
                long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
                while (session.ledger().frontierOffset() < session.ledger().deliveredNext()) {
                    assertTrue(System.nanoTime() < deadline, () -> "offset " + first + " is left lying");
                    Thread.onSpinWait();
                }
            }
        }
        checker.assertOrder();
    }

    /** It is if the poll thread thinks better of it because the lane went on to another call between look and deed. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void noPartitionIsLeftWhenItIsTakenFromALaneThatMovesOn(int lanes) {
        TopicHandler<byte[], byte[]> brief = (record, context) -> {
            for (int i = 0; i < ThreadLocalRandom.current().nextInt(60); i++) {
                Thread.onSpinWait();
            }
        };
        int partitions = 4;
        int rounds = 3_000;
        try (LaneBench bench = LaneBench.lookedAfterAllTheTime(lanes, brief)) {
            List<PartitionSession> sessions =
                    IntStream.range(0, partitions).mapToObj(bench::assign).toList();
            for (int round = 0; round < rounds; round++) {
                for (PartitionSession session : sessions) {
                    long first = session.ledger().deliveredNext();
                    bench.deliver(
                            session,
                            LongStream.range(first, first + 1 + random.nextInt(150))
                                    .mapToObj(offset -> KeyChecker.record(offset, random.nextInt(KEYS)))
                                    .toList());
                }
                int now = round;
                long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
                while (sessions.stream().anyMatch(session -> session.queue().waitingRecords() > 0)) {
                    bench.takers.turn();
                    assertTrue(System.nanoTime() < deadline, () -> "records are left lying in round " + now);
                }
            }
            assertEquals(List.of(), bench.fatal);
        }
    }

    @Test
    void ownersFollowEachOtherAndNothingIsLostOrRepeated() {
        int records = 60_000;
        KeyChecker checker = new KeyChecker(KEYS, records, FAILING);
        // Longer than most ownerships have left once they have failed, so that they leave gaps.
        FailurePolicy waiting = QUICK.withBackoff(new Backoff(Duration.ofMillis(5), Duration.ofMillis(5), 1, 0));
        try (LaneBench bench = LaneBench.byKey(16, waiting, checker)) {
            Origin origin = Origin.fresh(0, Instant.EPOCH);
            int owners = 0;
            int outOfOrder = 0;
            while (origin.offset() < records) {
                PartitionSession session = bench.assign(0, origin);
                Truth truth = new Truth(checker, session);
                int more = random.nextInt(4);
                for (int batch = 0; batch <= more && session.ledger().deliveredNext() < records; batch++) {
                    deliver(bench, session, records);
                    truth.look();
                }
                long enough = origin.offset() + random.nextInt(300);
                Await.until(
                        "some are complete",
                        () -> session.ledger().frontierOffset()
                                >= Math.min(enough, session.ledger().deliveredNext()));
                session.stop();
                bench.awaitQuiet(session);
                truth.look();
                Frontier last = session.ledger().frontier();
                session.release();
                outOfOrder += last.done().isEmpty() ? 0 : 1;
                owners++;
                origin = successor(session, last);
            }
            assertTrue(owners > 100, owners + " owners");
            assertTrue(outOfOrder > 0, "none of " + owners + " left something complete behind a gap");
            assertEquals(List.of(), bench.fatal);
        }
        checker.assertOrder();
        checker.assertEachOnce(records);
    }

    private static Origin successor(PartitionSession session, Frontier last) {
        return new Origin(
                last.offset(),
                last.leaderEpoch(),
                session.failed().all(),
                last.done(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aLostPartitionComesBackOnlyWhenItsCallsAreOver() {
        int records = 200;
        Gate gate = new Gate();
        KeyChecker checker = new KeyChecker(KEYS, records, (record, context) -> {
            if (record.offset() % 10 == 0) {
                gate.passDeafToInterrupts();
            }
        });
        try (LaneBench bench = LaneBench.byKey(64, QUICK, checker)) {
            PartitionSession lost = bench.assign(0);
            deliver(bench, lost, records);
            gate.awaitWaiting(1);
            lost.lose();
            PartitionSession back = bench.assign(0);
            deliver(bench, back, records);
            Await.until(
                    "it waits for the former one: " + back.obstacle(),
                    () -> back.obstacle().why().contains("a call begun under a former ownership still runs"));
            int before = checker.count();
            gate.open();
            bench.awaitComplete(back);
            assertTrue(checker.count() > before);
            assertEquals(0, lost.ledger().frontierOffset(), "results of a lost session are void");
        }
        checker.assertOrder();
    }

    @Test
    void anInterruptEndsTheCallsOfItsPartitionAndNoOthers() {
        Gate gate = new Gate();
        try (LaneBench bench = LaneBench.byKey(8, FailurePolicy.DEFAULT, (record, context) -> gate.pass())) {
            PartitionSession going = bench.assign(0);
            PartitionSession staying = bench.assign(1);
            for (int key = 0; key < 4; key++) {
                bench.deliver(going, List.of(KeyChecker.record(key, key)));
                bench.deliver(staying, List.of(KeyChecker.record(key, key)));
            }
            gate.awaitWaiting(8);
            assertEquals(4, going.taker().calls().size());
            going.stop();
            going.taker().interrupt();
            bench.awaitQuiet(going);
            assertEquals(0, going.ledger().frontierOffset());
            assertEquals(4, staying.taker().calls().size());
            assertEquals(List.of(), bench.events, "an interrupted attempt is no failure");
            gate.open();
            bench.awaitComplete(staying);
        }
    }

    @Test
    void aWorkerThatWaitsForCallsRests() {
        Gate gate = new Gate();
        try (LaneBench bench = LaneBench.byKey(8, QUICK, (record, context) -> gate.pass())) {
            PartitionSession session = bench.assign(0);
            bench.deliver(session, List.of(KeyChecker.record(0, 0), KeyChecker.record(1, 1)));
            gate.awaitWaiting(2);
            session.stop();
            assertFalse(
                    Await.within(Duration.ofSeconds(1), () -> bench.workerSteps.get() > 500),
                    () -> bench.workerSteps + " steps without anything to do");
            gate.open();
            bench.awaitQuiet(session);
            assertEquals(2, session.ledger().frontierOffset());
        }
    }
}
