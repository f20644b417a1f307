package io.bywash.core.event;

import org.apache.kafka.common.TopicPartition;

/**
 * Where one record stands.
 *
 * @param partition its topic and partition
 * @param offset its offset
 */
public record RecordPosition(TopicPartition partition, long offset) {
    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
