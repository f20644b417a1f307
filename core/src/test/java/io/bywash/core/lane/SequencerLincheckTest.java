package io.bywash.core.lane;

import io.bywash.core.fixture.Interleavings;
import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.session.Batch;
import io.bywash.core.session.Origin;
import io.bywash.core.session.PartitionSession;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Lanes hand results back and take records while others look at the same books. Who finds the turn taken may get nothing; but once
 * all are through, the books are those that one thread would have kept.
 */
public final class SequencerLincheckTest {
    private static final int RECORDS = 10;
    private static final int KEYS = 4;

    /** That of all the records. */
    private static final int EPOCH = 1;

    private static final Batch ALL = Batch.of(LongStream.range(0, RECORDS)
            .mapToObj(offset -> KeyChecker.record(offset, (int) offset % KEYS))
            .toList());

    private final PartitionSession session = new PartitionSession(
            new TopicPartition(LaneBench.TOPIC, 0), 1, Origin.fresh(0, Instant.EPOCH), Integer.MAX_VALUE);
    private final Sequencer sequencer = new Sequencer(
            null, session, new Sequencer.Order(new KeyOrder.ByKey(1), new Supply.Singles()), new NoFailures());
    private final AtomicIntegerArray handedBack = new AtomicIntegerArray(RECORDS);
    private final AtomicIntegerArray underWay = new AtomicIntegerArray(KEYS);

    // What the lanes are at.
    private @Nullable Item first;
    private @Nullable Item second;

    public SequencerLincheckTest() {
        session.ledger().delivered(ALL.records(), RECORDS, Optional.empty());
        session.queue().offer(ALL);
        firstLane();
        secondLane();
    }

    @Operation(nonParallelGroup = "first lane")
    public void firstLane() {
        first = next(first);
    }

    @Operation(nonParallelGroup = "second lane")
    public void secondLane() {
        second = next(second);
    }

    /** The lane comes to the end of a call, if it has one, and takes the next record. */
    private @Nullable Item next(@Nullable Item done) {
        if (done != null) {
            underWay.set(key(done), 0);
            handedBack.set((int) done.record.offset(), 1);
            done.result = Result.HANDLED;
        }
        Item taken = sequencer.exchange(done);
        if (taken != null && underWay.getAndSet(key(taken), 1) != 0) {
            throw new IllegalStateException("two calls at once of key " + key(taken));
        }
        return taken;
    }

    private static int key(Item item) {
        return (int) item.record.offset() % KEYS;
    }

    @Operation
    public void report() {
        session.ledger().wantReport();
        sequencer.settle(null);
    }

    /** It is not, or is known not to be, until nobody has a call under way. */
    @Operation
    public void isAtRest() {
        sequencer.isAtRest();
    }

    @Validate
    public void theBooksTellWhatWasDone() {
        int calls = (first == null ? 0 : 1) + (second == null ? 0 : 1);
        long frontier = waiting().findFirst().orElse(RECORDS);
        String told = "frontier " + session.ledger().frontierOffset() + ", calls " + sequencer.calls() + ", waiting "
                + session.queue().waitingRecords() + ", in turn " + sequencer.isInTurn();
        String done = "frontier " + frontier + ", calls " + calls + ", waiting "
                + waiting().count() + ", in turn false";
        if (!told.equals(done)) {
            throw new IllegalStateException(told + ", where it is " + done);
        }
        theReportTellsWhatWasDone(frontier);
    }

    /** What was reported before may be older, and is true all the same; a report that is asked for now has all of it. */
    private void theReportTellsWhatWasDone(long frontier) {
        DoneRanges before = session.ledger().frontier().done();
        waiting().forEach(offset -> {
            if (before.cover(ALL.records().get(offset))) {
                throw new IllegalStateException(before + " are told to be complete, but offset " + offset + " waits");
            }
        });
        report();
        DoneRanges now = session.ledger().frontier().done();
        if (!now.equals(handedBackBeyond(frontier))) {
            throw new IllegalStateException(
                    now + " are told to be complete, where it is " + handedBackBeyond(frontier));
        }
    }

    private DoneRanges handedBackBeyond(long frontier) {
        long[] bounds = LongStream.rangeClosed(frontier + 1, RECORDS)
                .filter(offset -> isHandedBack(offset) != isHandedBack(offset - 1))
                .toArray();
        return DoneRanges.of(bounds, EPOCH);
    }

    private boolean isHandedBack(long offset) {
        return offset >= 0 && offset < RECORDS && handedBack.get((int) offset) == 1;
    }

    private IntStream waiting() {
        return IntStream.range(0, RECORDS).filter(offset -> handedBack.get(offset) == 0);
    }

    @Test
    void nothingIsLostOnRealThreads() {
        Interleavings.onThreads(getClass());
    }

    @Test
    void nothingIsLostInEveryOrderOfSteps() {
        Interleavings.stepByStep(getClass(), 0);
    }

    private static final class NoFailures implements Sequencer.Failures {
        @Override
        public boolean isDecided(Item item) {
            return false;
        }

        @Override
        public void take(Item item) {
            throw new IllegalStateException("nothing fails here");
        }

        @Override
        public void lookAgain() {
            // There is no worker.
        }
    }
}
