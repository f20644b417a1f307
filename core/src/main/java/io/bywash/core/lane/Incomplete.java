package io.bywash.core.lane;

import io.bywash.core.ledger.DoneRanges;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The records of one partition that were taken and are not complete, in the order of their offsets. What lies between them is complete,
 * so memory grows with what is unfinished and not with how far the rest has come. Belongs to the turn of its {@link Sequencer}.
 */
final class Incomplete {
    private @Nullable Item first;
    private @Nullable Item last;
    private int size;

    /** Adds a record that was read after all others. */
    void add(Item item) {
        item.before = last;
        if (last == null) {
            first = item;
        } else {
            last.after = item;
        }
        last = item;
        size++;
    }

    void remove(Item item) {
        Item before = item.before;
        Item after = item.after;
        if (before == null) {
            first = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.before = before;
        }
        item.before = null;
        item.after = null;
        size--;
    }

    boolean isEmpty() {
        return first == null;
    }

    /** Returns the first. */
    @Nullable
    Item oldest() {
        return first;
    }

    /** Returns the offset of the first; there must be one. */
    long firstOffset() {
        return Objects.requireNonNull(first).record.offset();
    }

    /**
     * Returns what lies between, and so is complete.
     *
     * @param takenThrough the last offset that was taken
     * @param leaderEpoch the highest leader epoch of the records taken
     */
    DoneRanges between(long takenThrough, int leaderEpoch) {
        long[] bounds = new long[2 * size];
        int count = 0;
        for (Item item = first; item != null; item = item.after) {
            long from = item.record.offset() + 1;
            long end = item.after == null ? takenThrough + 1 : item.after.record.offset();
            if (end > from) {
                bounds[count++] = from;
                bounds[count++] = end;
            }
        }
        return DoneRanges.of(Arrays.copyOf(bounds, count), leaderEpoch);
    }
}
