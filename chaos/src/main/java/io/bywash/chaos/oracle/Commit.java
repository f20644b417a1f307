package io.bywash.chaos.oracle;

import java.util.Arrays;
import java.util.Optional;

/**
 * A commit as the coordinator wrote it down.
 *
 * @param partition the number of the partition
 * @param offset the offset
 * @param millis when, in milliseconds since 1970
 * @param done what was complete beyond the offset, as pairs of a first offset and the one after the last
 * @param topic which topic of this name it is of, as its text tells; nothing if it does not
 */
record Commit(int partition, long offset, long millis, long[] done, Optional<String> topic) {

    /** The same of the partition as it was for whoever committed. */
    Commit in(Eras eras) {
        return new Commit(eras.partition(this), offset, millis, done, topic);
    }

    /** Whether it tells of anything beyond its offset. */
    boolean tells() {
        return done.length > 0;
    }

    boolean covers(long record) {
        if (record < offset) {
            return true;
        }
        for (int i = 0; i < done.length; i += 2) {
            if (done[i] <= record && record < done[i + 1]) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return partition + "@" + offset + " at " + millis + ", beyond it " + Arrays.toString(done);
    }
}
