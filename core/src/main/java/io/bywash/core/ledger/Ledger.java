package io.bywash.core.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Tells how far one ownership of a partition has come.
 *
 * <p>The worker writes one number, the offset below which all is complete; the poll thread reads it and knows all the rest: what
 * was delivered, where the log goes on after that, and under which leader epochs. Offsets have holes, left by transaction markers
 * and compaction, so when everything delivered is complete, the frontier is the position the client reports and not the last
 * offset plus one.
 *
 * <p>A worker that completes records out of their order also reports what is complete beyond that number, when it is asked to.
 * What is complete stays so, hence a report that is older than the number beside it is no less true.
 *
 * <p>{@link #complete}, {@link #report} and {@link #isReportWanted} are called by the one worker of the partition,
 * {@link #completeThrough} by any thread. All other methods belong to the poll thread.
 */
public final class Ledger {
    private static final VarHandle COMPLETED_BELOW;

    static {
        try {
            COMPLETED_BELOW = MethodHandles.lookup().findVarHandle(Ledger.class, "completedBelow", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final EpochHistory epochs;
    private final AtomicReference<Mark> mark;
    private volatile long completedBelow;
    private volatile DoneRanges done;
    private volatile boolean reportWanted;
    private long lastDelivered;
    private long deliveredNext;
    private long frontier;

    /**
     * Creates a ledger for what is read from a position on.
     *
     * @param start the first offset to be read
     * @param leaderEpoch the leader epoch committed with it, if any
     * @param done what was complete beyond it under the former owner
     */
    public Ledger(long start, Optional<Integer> leaderEpoch, DoneRanges done) {
        this.done = done;
        completedBelow = start;
        mark = new AtomicReference<>(new Mark(start, Optional.empty()));
        lastDelivered = start - 1;
        deliveredNext = start;
        frontier = start;
        epochs = new EpochHistory(start, leaderEpoch);
    }

    /**
     * Notes that records go to the worker. Called before they do.
     *
     * @param records records in the order of their offsets, at least one
     * @param nextOffset where the client reads on
     * @param leaderEpoch under which leader epoch that was written which stands before it, if the client tells
     */
    public void delivered(
            List<? extends ConsumerRecord<?, ?>> records, long nextOffset, Optional<Integer> leaderEpoch) {
        long first = records.get(0).offset();
        if (first < deliveredNext) {
            throw new IllegalStateException("offset " + first + " was delivered although the position is "
                    + deliveredNext + "; the client went back without a seek");
        }
        epochs.delivered(records);
        epochs.advanced(nextOffset, leaderEpoch);
        lastDelivered = records.get(records.size() - 1).offset();
        deliveredNext = nextOffset;
    }

    /**
     * Notes that the client read on without finding a record, as it does over transaction markers.
     *
     * @param nextOffset where the client reads on; never lower than before
     * @param leaderEpoch under which leader epoch that was written which stands before it, if the client tells
     */
    public void advanced(long nextOffset, Optional<Integer> leaderEpoch) {
        epochs.advanced(nextOffset, leaderEpoch);
        deliveredNext = Math.max(deliveredNext, nextOffset);
    }

    /**
     * Completes a record; all before it must be complete.
     *
     * @param offset the offset of the record
     */
    public void complete(long offset) {
        COMPLETED_BELOW.setRelease(this, offset + 1);
    }

    /** Asks the worker for a report of what is complete beyond the frontier. */
    public void wantReport() {
        reportWanted = true;
    }

    /**
     * Tells whether the poll thread wants a report.
     *
     * @return true until there is one
     */
    public boolean isReportWanted() {
        return reportWanted;
    }

    /**
     * Reports what is complete beyond the number last {@linkplain #complete completed}.
     *
     * @param beyond all of it
     */
    public void report(DoneRanges beyond) {
        reportWanted = false;
        done = beyond;
    }

    /**
     * Completes a record and all before it, for an application that says itself what is done. May be called by several threads; a
     * call that would go back changes nothing.
     *
     * @param offset the offset of the record
     * @param text what to keep with the offset from now on; if nothing, what was kept before stays
     */
    public void completeThrough(long offset, Optional<String> text) {
        mark.updateAndGet(last -> offset < last.below ? last : new Mark(offset + 1, text.or(() -> last.text)));
    }

    /**
     * Returns the offset of the frontier, which never goes back.
     *
     * @return what a commit may name at most
     */
    public long frontierOffset() {
        return offset(Objects.requireNonNull(mark.get()));
    }

    private long offset(Mark seen) {
        long completed = Math.max(completedBelow, seen.below);
        long now = completed > lastDelivered ? Math.max(completed, deliveredNext) : completed;
        // Records that come after a hole leave the last complete one before it, but the frontier was beyond the hole
        // already.
        frontier = Math.max(frontier, now);
        return frontier;
    }

    /**
     * Returns the frontier as it stands now.
     *
     * @return the offset with its leader epoch
     */
    public Frontier frontier() {
        // Read once, so that the text never belongs to another offset than the one beside it.
        Mark seen = Objects.requireNonNull(mark.get());
        long offset = offset(seen);
        return new Frontier(offset, epochs.below(offset), done.above(offset), seen.text);
    }

    /**
     * Returns where the client reads on.
     *
     * @return the position after everything delivered
     */
    public long deliveredNext() {
        return deliveredNext;
    }

    /**
     * Returns the last record that was delivered.
     *
     * @return its offset, or one less than the start if there is none
     */
    public long lastDelivered() {
        return lastDelivered;
    }

    /** How far an application says it has come, and the last text it gave. */
    private record Mark(long below, Optional<String> text) {}
}
