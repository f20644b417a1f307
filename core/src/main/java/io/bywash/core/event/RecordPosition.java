package io.bywash.core.event;

import org.apache.kafka.common.TopicPartition;

/**
 * Where one record stands.
 *
 * @param partition its topic and partition
 * @param offset its offset
 */
public record RecordPosition(TopicPartition partition, long offset) {

    /**
     * Creates a position.
     *
     * @throws IllegalArgumentException if the offset is negative
     */
    public RecordPosition {
        if (offset < 0) {
            throw new IllegalArgumentException(
                    "the offset in " + partition + " is " + offset + ", but offsets are not negative");
        }
    }

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
