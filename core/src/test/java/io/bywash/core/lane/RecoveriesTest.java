package io.bywash.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.PauseReason;
import io.bywash.core.fixture.Await;
import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.session.FailedRecord;
import io.bywash.core.session.FailedRecord.Standing;
import io.bywash.core.session.Obstacle;
import io.bywash.core.session.Origin;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.FailurePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is said of the records that wait, and what a drain waits for. */
@Timeout(120)
class RecoveriesTest {
    private static final FailurePolicy ONCE = FailurePolicy.DEFAULT.withMaxAttempts(1);
    private static final FailurePolicy PATIENT =
            FailurePolicy.DEFAULT.withBackoff(new Backoff(Duration.ofHours(1), Duration.ofHours(1), 1, 0));

    private static LaneBench failing(FailurePolicy failures) {
        return LaneBench.byKey(4, failures, (record, context) -> {
            throw new IllegalStateException("cannot take it");
        });
    }

    @Test
    void lettersOnTheirWayAreNothingToSpeakOf() {
        try (LaneBench bench = failing(ONCE)) {
            PartitionSession session = bench.assign(0);
            bench.deliver(session, List.of(KeyChecker.record(0, 1), KeyChecker.record(1, 2)));
            Await.until("both are being written", () -> bench.producer.history().size() == 2);
            Await.until("neither waits for anybody: " + session.obstacle(), () -> session.obstacle() == Obstacle.NONE);
            bench.producer.completeNext();
            bench.producer.completeNext();
            bench.awaitComplete(session);
            assertEquals(List.of(), session.failed().all());
        }
    }

    @Test
    void aLetterThatIsOnItsWayIsWaitedForWhenThePartitionGoes() {
        try (LaneBench bench = failing(ONCE)) {
            PartitionSession session = bench.assign(0);
            bench.deliver(session, List.of(KeyChecker.record(0, 1), KeyChecker.record(1, 1)));
            Await.until(
                    "the first is being written", () -> bench.producer.history().size() == 1);
            session.stop();
            assertTrue(!session.taker().isQuiet());
            bench.producer.completeNext();
            bench.awaitQuiet(session);
            assertEquals(1, session.ledger().frontierOffset(), "the second was not begun");
        }
    }

    @Test
    void theFirstThreeAreNamed() {
        try (LaneBench bench = failing(PATIENT)) {
            PartitionSession session = bench.assign(0);
            for (int offset = 0; offset < 5; offset++) {
                bench.deliver(session, List.of(KeyChecker.record(offset, offset)));
            }
            Await.until(
                    () -> "all have failed: " + session.obstacle(),
                    () -> session.obstacle().why().endsWith("; and 2 more"));
            Obstacle.Hindered hindered = (Obstacle.Hindered) session.obstacle();
            assertEquals(PauseReason.RETRY, hindered.reason());
            assertEquals(0, hindered.gravest().offset());
            for (int offset = 0; offset < 3; offset++) {
                assertTrue(hindered.why().contains("offset " + offset + ": attempt 2 follows"), hindered::why);
            }
        }
    }

    /** When a whole system fails, every key has a record that waits. */
    @Test
    void aRecordThatFailsIsSeenToWithoutALookAtAllThatWait() {
        int many = 1_000;
        AtomicInteger looks = new AtomicInteger();
        try (LaneBench bench = LaneBench.countingLooks(looks, PATIENT, (record, context) -> {
            throw new IllegalStateException("cannot take it");
        })) {
            PartitionSession session = bench.assign(0);
            for (int offset = 0; offset < many; offset++) {
                bench.deliver(session, List.of(KeyChecker.record(offset, offset)));
            }
            awaitWaiting(session, many);
            int before = looks.get();
            bench.deliver(session, List.of(KeyChecker.record(many, many)));
            awaitWaiting(session, many + 1);
            assertTrue(looks.get() - before < many / 2, () -> looks.get() - before + " looks for one more");
        }
    }

    private static void awaitWaiting(PartitionSession session, int count) {
        Await.until(
                () -> count + " wait: " + session.obstacle(),
                () -> session.obstacle() instanceof Obstacle.Hindered hindered && hindered.count() == count);
    }

    @Test
    void whatIsDecidedIsNotCalledAgain() {
        Origin origin = new Origin(
                0,
                Optional.empty(),
                List.of(new FailedRecord(0, 1, 1, Standing.PENDING), new FailedRecord(2, 1, 1, Standing.HALTED)),
                DoneRanges.of(new long[] {1, 2}, 1),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        try (LaneBench bench = failing(ONCE)) {
            PartitionSession session = bench.assign(0, origin);
            bench.deliver(session, List.of(KeyChecker.record(0, 1), KeyChecker.record(1, 2), KeyChecker.record(2, 3)));
            Await.until("both are being written", () -> bench.producer.history().size() == 2);
            bench.producer.completeNext();
            bench.producer.completeNext();
            bench.awaitComplete(session);
            assertEquals(3, session.ledger().frontierOffset());
            assertEquals(2, bench.events.size(), () -> "only the letters: " + bench.events);
        }
    }
}
