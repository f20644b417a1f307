package io.bywash.core.pull;

import io.bywash.core.binding.DecodeException;
import io.bywash.core.event.RecordPosition;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A record as a reader gets it. One that cannot be decoded is handed out in its turn like any other, so that it is never passed over by
 * accident: {@link #record} throws, {@link #failure} tells why beforehand, {@link #raw} has the bytes. It remembers under which ownership
 * of its partition it was read, so a mark that comes too late is known as such. Immutable; may be handed to any thread.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public final class ReadRecord<K, V> {
    private final PartitionSource source;
    private final ConsumerRecord<byte[], byte[]> raw;
    private final @Nullable ConsumerRecord<K, V> decoded;
    private final @Nullable DecodeException failure;

    private ReadRecord(
            PartitionSource source,
            ConsumerRecord<byte[], byte[]> raw,
            @Nullable ConsumerRecord<K, V> decoded,
            @Nullable DecodeException failure) {
        this.source = source;
        this.raw = raw;
        this.decoded = decoded;
        this.failure = failure;
    }

    static <K, V> ReadRecord<K, V> decoded(
            PartitionSource source, ConsumerRecord<byte[], byte[]> raw, ConsumerRecord<K, V> decoded) {
        return new ReadRecord<>(source, raw, decoded, null);
    }

    static <K, V> ReadRecord<K, V> undecodable(
            PartitionSource source, ConsumerRecord<byte[], byte[]> raw, DecodeException failure) {
        return new ReadRecord<>(source, raw, null, failure);
    }

    /**
     * Returns the record with its key and value decoded.
     *
     * @return the record
     * @throws DecodeException if a deserialiser threw
     */
    public ConsumerRecord<K, V> record() {
        if (decoded == null) {
            throw failure().orElseThrow();
        }
        return decoded;
    }

    /**
     * Returns the record as it was read.
     *
     * @return the record with the bytes of its key and value
     */
    public ConsumerRecord<byte[], byte[]> raw() {
        return raw;
    }

    /**
     * Returns why the record could not be decoded.
     *
     * @return the failure; nothing if there was none
     */
    public Optional<DecodeException> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Returns the partition.
     *
     * @return the topic and partition of the record
     */
    public TopicPartition partition() {
        return source.partition();
    }

    /**
     * Returns the offset.
     *
     * @return the offset of the record
     */
    public long offset() {
        return raw.offset();
    }

    PartitionSource source() {
        return source;
    }

    RecordPosition position() {
        return new RecordPosition(partition(), offset());
    }

    @Override
    public String toString() {
        return position().toString();
    }
}
