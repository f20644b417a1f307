package io.bywash.core.event;

import java.util.List;

/**
 * Where a consumer stands. Taken by the poll thread twice a second; everything in it is of the same moment.
 *
 * @param partitions its partitions, sorted by topic and number
 */
public record GroupSnapshot(List<PartitionSnapshot> partitions) {

    /** A consumer without partitions. */
    public static final GroupSnapshot EMPTY = new GroupSnapshot(List.of());

    /**
     * Adds up the lag.
     *
     * @return the lag of all partitions
     */
    public long lag() {
        return partitions.stream().mapToLong(PartitionSnapshot::lag).sum();
    }

    /**
     * Adds up what is buffered.
     *
     * @return records that were delivered and are not complete
     */
    public long buffered() {
        return partitions.stream().mapToLong(PartitionSnapshot::buffered).sum();
    }
}
