package io.bywash.core.lane;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Makes records and items as a partition would bring them. */
final class Records {
    private Records() {}

    static ConsumerRecord<byte[], byte[]> record(long offset, byte @Nullable [] key) {
        return record(offset, key, Optional.of(1));
    }

    static ConsumerRecord<byte[], byte[]> record(long offset, byte @Nullable [] key, Optional<Integer> leaderEpoch) {
        return new ConsumerRecord<>(
                LaneBench.TOPIC,
                0,
                offset,
                0,
                TimestampType.CREATE_TIME,
                key == null ? 0 : key.length,
                1,
                key,
                new byte[1],
                new RecordHeaders(),
                leaderEpoch);
    }

    /** An item of no partition, for what does not look at that. */
    static Item item(long offset, byte @Nullable [] key) {
        return new Item(null, record(offset, key), 1);
    }
}
