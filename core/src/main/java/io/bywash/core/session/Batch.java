package io.bywash.core.session;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What one poll brought for one partition.
 *
 * @param records undecoded records in the order of their offsets, at least one
 * @param bytes the size of their keys and values
 */
public record Batch(List<ConsumerRecord<byte[], byte[]>> records, long bytes) {

    /**
     * Measures records.
     *
     * @param records undecoded records, at least one
     * @return the batch
     */
    public static Batch of(List<ConsumerRecord<byte[], byte[]>> records) {
        long bytes = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
        }
        return new Batch(records, bytes);
    }
}
