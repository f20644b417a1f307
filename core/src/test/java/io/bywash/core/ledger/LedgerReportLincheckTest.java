package io.bywash.core.ledger;

import io.bywash.core.fixture.Interleavings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * The poll thread delivers, asks for reports and commits, while the worker completes each record before the one that precedes it. Where
 * the frontier stands is what one thread would see. What is said of records beyond it may be older, but is true, and no answer is
 * older than the question.
 */
public final class LedgerReportLincheckTest {
    private static final int DELIVERED_BEFORE = 2;

    private final Ledger ledger = new Ledger(0, Optional.empty(), DoneRanges.NONE);
    private final AtomicInteger delivered = new AtomicInteger();

    /** A bit for each record, set before the ledger hears of it. */
    private final AtomicInteger complete = new AtomicInteger();

    private final AtomicInteger turnsOver = new AtomicInteger();

    // Of the worker.
    private int finished;
    private int firstIncomplete;
    private int reportedIn = -1;
    private DoneRanges reported = DoneRanges.NONE;

    // Of the poll thread.
    private int askedAfter = -1;
    private String violation = "";

    public LedgerReportLincheckTest() {
        IntStream.range(0, DELIVERED_BEFORE).forEach(record -> deliver());
    }

    /** Every second offset is a hole, every second record is of a new leader. */
    private static long offset(int record) {
        return 2L * record;
    }

    @Operation(nonParallelGroup = "poll thread")
    public void deliver() {
        int record = delivered.get();
        ledger.delivered(
                List.of(new ConsumerRecord<>(
                        "topic",
                        0,
                        offset(record),
                        0,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        new byte[0],
                        new byte[0],
                        new RecordHeaders(),
                        Optional.of(record / 2))),
                offset(record + 1),
                Optional.of(record / 2));
        delivered.set(record + 1);
    }

    @Operation(nonParallelGroup = "poll thread")
    public void ask() {
        askedAfter = turnsOver.get();
        ledger.wantReport();
    }

    /** Returns what must not be older than what was complete before. */
    @Operation(nonParallelGroup = "poll thread")
    public String commit() {
        Frontier frontier = ledger.frontier();
        int known = complete.get();
        for (int record = 0; record < delivered.get(); record++) {
            if ((known & 1 << record) == 0 && says(frontier, record)) {
                violation = "record " + record + " is not complete, but committed was " + frontier;
            }
        }
        return frontier.offset() + " under " + frontier.leaderEpoch();
    }

    private static boolean says(Frontier frontier, int record) {
        return offset(record) < frontier.offset()
                || frontier.done().cover(new ConsumerRecord<>("topic", 0, offset(record), new byte[0], new byte[0]));
    }

    /** Does what is done at the end of a turn: completes, reports if that is wanted, lets others have the turn. */
    @Operation(nonParallelGroup = "worker")
    public void turn() {
        int next = finished ^ 1;
        if (next < delivered.get()) {
            finished++;
            complete.set(complete.get() | 1 << next);
            int first = Integer.numberOfTrailingZeros(~complete.get());
            if (first > firstIncomplete) {
                firstIncomplete = first;
                ledger.complete(offset(first - 1));
            }
        }
        if (ledger.isReportWanted()) {
            reported = beyond(firstIncomplete, complete.get());
            reportedIn = turnsOver.get();
            ledger.report(reported);
        }
        turnsOver.incrementAndGet();
    }

    private static DoneRanges beyond(int first, int known) {
        return DoneRanges.of(
                IntStream.range(first, Integer.SIZE)
                        .filter(record -> (known & 1 << record) != 0)
                        .mapToLong(LedgerReportLincheckTest::offset)
                        .flatMap(offset -> LongStream.of(offset, offset + 1))
                        .toArray(),
                Integer.MAX_VALUE);
    }

    @Validate
    public void whatWasCommittedIsCompleteAndNoQuestionIsForgotten() {
        if (!violation.isEmpty()) {
            throw new IllegalStateException(violation);
        }
        if (!ledger.isReportWanted() && reportedIn < askedAfter) {
            throw new IllegalStateException("asked after turn " + askedAfter + ", answered in turn " + reportedIn);
        }
        Frontier frontier = ledger.frontier();
        if (!frontier.done().equals(reported.above(frontier.offset()))) {
            throw new IllegalStateException("reported was " + reported + ", but to be committed is " + frontier);
        }
    }

    @Test
    void isTrueOnRealThreads() {
        Interleavings.onThreads(getClass());
    }

    @Test
    void isTrueInEveryOrderOfSteps() {
        Interleavings.stepByStep(getClass(), 1);
    }
}
