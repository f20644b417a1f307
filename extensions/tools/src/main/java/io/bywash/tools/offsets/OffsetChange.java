package io.bywash.tools.offsets;

import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * What a reset does to one partition.
 *
 * @param partition the partition
 * @param from what is committed, if anything is
 * @param to what will be
 */
public record OffsetChange(TopicPartition partition, OptionalLong from, long to) {

    /**
     * Returns how many offsets are read once more.
     *
     * @return the number, 0 if none is or nothing was committed
     */
    public long repeated() {
        return from.isPresent() ? Math.max(0, from.getAsLong() - to) : 0;
    }

    /**
     * Returns how many offsets are passed over.
     *
     * @return the number, 0 if none is or nothing was committed
     */
    public long skipped() {
        return from.isPresent() ? Math.max(0, to - from.getAsLong()) : 0;
    }
}
