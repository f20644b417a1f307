package io.bywash.chaos.oracle;

/**
 * A commit as the coordinator wrote it down.
 *
 * @param partition the number of the partition
 * @param offset the offset
 * @param millis when, in milliseconds since 1970
 * @param done what was complete beyond the offset, as pairs of a first offset and the one after the last
 */
record Commit(int partition, long offset, long millis, long[] done) {

    /** The same of the partition as it was by then. */
    Commit in(Eras eras) {
        return new Commit(eras.partition(partition, millis * 1_000), offset, millis, done);
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
}
