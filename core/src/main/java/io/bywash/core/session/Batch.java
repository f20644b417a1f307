package io.bywash.core.session;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What one poll brought for one partition.
 *
 * @param records undecoded records in the order of their offsets, at least one
 * @param bytes the size of their keys and values; of many small records, an estimate
 */
public record Batch(List<ConsumerRecord<byte[], byte[]>> records, long bytes) {
    private static final int STRIDE = 16;
    private static final int FEW = 16 * STRIDE;
    private static final int SMALL_BYTES = 1024;

    /**
     * Measures records. To look at each once more costs the poll thread several percent when there are thousands of small ones, so
     * of those every sixteenth is looked at. The error is bounded by what one fetch of a partition may bring.
     *
     * @param records undecoded records, at least one
     * @return the batch
     */
    public static Batch of(List<ConsumerRecord<byte[], byte[]>> records) {
        if (records.size() > FEW) {
            long sampled = sum(records, STRIDE);
            int looks = (records.size() + STRIDE - 1) / STRIDE;
            if (sampled / looks < SMALL_BYTES) {
                return new Batch(records, sampled * records.size() / looks);
            }
        }
        return new Batch(records, sum(records, 1));
    }

    private static long sum(List<ConsumerRecord<byte[], byte[]>> records, int stride) {
        long bytes = 0;
        for (int i = 0; i < records.size(); i += stride) {
            ConsumerRecord<byte[], byte[]> record = records.get(i);
            bytes += Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
        }
        return bytes;
    }
}
