package io.bywash.core.ledger;

import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Ranges of offsets whose records are complete although one before them is not: what out-of-order work leaves behind, in memory and
 * in what is committed. Immutable.
 *
 * <p>An offset alone does not name a record for ever: after a truncation another record may have it, under a newer leader epoch. So
 * the highest epoch of the complete records belongs to the ranges, and a record of a newer one is not covered.
 */
public final class DoneRanges {

    /** No range. */
    public static final DoneRanges NONE = new DoneRanges(new long[0], -1);

    private final long[] bounds;
    private final int leaderEpoch;

    /**
     * Creates ranges.
     *
     * @param bounds for each range its first offset and the offset after its last, all rising strictly; not copied
     * @param leaderEpoch the highest leader epoch of the records in them, or -1 if the broker tells none
     */
    DoneRanges(long[] bounds, int leaderEpoch) {
        this.bounds = bounds;
        this.leaderEpoch = leaderEpoch;
    }

    /**
     * Creates ranges.
     *
     * @param bounds for each range its first offset and the offset after its last
     * @param leaderEpoch the highest leader epoch of the records in them, or -1 if the broker tells none
     * @return the ranges
     * @throws IllegalArgumentException if the bounds do not rise or one has no partner
     */
    public static DoneRanges of(long[] bounds, int leaderEpoch) {
        for (int i = 1; i < bounds.length; i++) {
            if (bounds[i] <= bounds[i - 1]) {
                throw new IllegalArgumentException(
                        "the bounds of ranges rise, but " + bounds[i] + " follows " + bounds[i - 1]);
            }
        }
        if (bounds.length % 2 != 0) {
            throw new IllegalArgumentException("a range has two bounds, but there are " + bounds.length + " in all");
        }
        return bounds.length == 0 ? NONE : new DoneRanges(bounds.clone(), leaderEpoch);
    }

    /**
     * Tells whether a record is in one of the ranges.
     *
     * @param record a record as it was read
     * @return true if it was complete before
     */
    public boolean cover(ConsumerRecord<?, ?> record) {
        if (bounds.length == 0 || record.leaderEpoch().orElse(-1) > leaderEpoch) {
            return false;
        }
        int found = Arrays.binarySearch(bounds, record.offset());
        // A first offset is in its range, an offset after the last is not; between two bounds it is the same by turns.
        return found >= 0 ? found % 2 == 0 : (-found - 1) % 2 == 1;
    }

    /**
     * Leaves out what lies below an offset.
     *
     * @param offset the frontier
     * @return the ranges above it
     */
    public DoneRanges above(long offset) {
        int first = 0;
        while (first < bounds.length && bounds[first + 1] <= offset) {
            first += 2;
        }
        if (first == bounds.length) {
            return NONE;
        }
        long[] rest = Arrays.copyOfRange(bounds, first, bounds.length);
        rest[0] = Math.max(rest[0], offset);
        return new DoneRanges(rest, leaderEpoch);
    }

    /**
     * Adds ranges that lie behind these.
     *
     * @param behind ranges of the same epoch or an older one, the first of which begins at or after the end of these
     * @return all of them
     */
    public DoneRanges and(DoneRanges behind) {
        if (behind.isEmpty()) {
            return this;
        }
        if (isEmpty()) {
            return behind;
        }
        boolean adjacent = end() == behind.bounds[0];
        int kept = adjacent ? bounds.length - 1 : bounds.length;
        int skipped = adjacent ? 1 : 0;
        long[] all = Arrays.copyOf(bounds, kept + behind.bounds.length - skipped);
        System.arraycopy(behind.bounds, skipped, all, kept, behind.bounds.length - skipped);
        return of(all, Math.max(leaderEpoch, behind.leaderEpoch));
    }

    /**
     * Returns how many ranges there are.
     *
     * @return the number
     */
    public int count() {
        return bounds.length / 2;
    }

    /**
     * Tells whether there is none.
     *
     * @return true if nothing is covered
     */
    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /**
     * Returns the first offset of a range.
     *
     * @param range which one, from 0
     * @return the offset
     */
    public long first(int range) {
        return bounds[2 * range];
    }

    /**
     * Returns the offset after the last of a range.
     *
     * @param range which one, from 0
     * @return the offset
     */
    public long end(int range) {
        return bounds[2 * range + 1];
    }

    /**
     * Returns the offset after the last range.
     *
     * @return the offset, or the lowest there is if there are no ranges
     */
    public long end() {
        return isEmpty() ? Long.MIN_VALUE : bounds[bounds.length - 1];
    }

    /**
     * Returns the highest leader epoch of the records covered.
     *
     * @return the epoch, or -1 if the broker tells none
     */
    public int leaderEpoch() {
        return leaderEpoch;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DoneRanges ranges
                && leaderEpoch == ranges.leaderEpoch
                && Arrays.equals(bounds, ranges.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < count(); i++) {
            text.append(i == 0 ? "" : ", ").append(first(i)).append(" to ").append(end(i) - 1);
        }
        return text.append(']').toString();
    }
}
