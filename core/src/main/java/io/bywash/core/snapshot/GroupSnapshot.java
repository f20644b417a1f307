package io.bywash.core.snapshot;

import io.bywash.core.event.ConsumerState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Where a consumer stands. Taken by the poll thread twice a second, except while it waits for calls in a rebalance or for the broker
 * to tell positions. Partitions are looked at one after the other while workers go on, so what one of them says is true together, and
 * two of them are a little apart. Calls are those the watchdog saw a quarter of a second before at most; the end of a log may be ten
 * seconds old while its partition is paused, and with {@code group.protocol=consumer} and more than a hundred partitions that of any.
 *
 * @param state the state of the consumer
 * @param taken when it was taken
 * @param partitions its partitions, sorted by topic and number
 */
public record GroupSnapshot(ConsumerState state, Instant taken, List<PartitionSnapshot> partitions) {

    /** A consumer that has not begun. */
    public static final GroupSnapshot EMPTY = new GroupSnapshot(ConsumerState.CREATED, Instant.EPOCH, List.of());

    /**
     * Adds up the lag.
     *
     * @return the lag of all partitions
     */
    public long lag() {
        return partitions.stream().mapToLong(PartitionSnapshot::lag).sum();
    }

    /**
     * Adds up the backlog.
     *
     * @return the backlog of all partitions
     */
    public long backlog() {
        return partitions.stream().mapToLong(PartitionSnapshot::backlog).sum();
    }

    /**
     * Adds up the backlog as far as more processes could share it: however much waits in a partition, it keeps one process busy at
     * most.
     *
     * @param most what one partition counts for at most, 1 and up
     * @return the sum; at most {@code most} times the partitions with a backlog
     */
    public long backlog(long most) {
        return partitions.stream()
                .mapToLong(partition -> Math.min(most, partition.backlog()))
                .sum();
    }

    /**
     * Tells how far behind the consumer is.
     *
     * @return how old the oldest record is that is not complete; zero if none waits
     */
    public Duration behind() {
        return partitions.stream()
                .map(PartitionSnapshot::behind)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
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
