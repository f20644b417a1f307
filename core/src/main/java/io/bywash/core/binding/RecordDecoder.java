package io.bywash.core.binding;

import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns undecoded records into what a handler or a reader takes. Belongs to one of them at a time, as deserialisers need not be
 * thread-safe. Records of one that takes bytes pass through untouched.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public final class RecordDecoder<K, V> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordDecoder.class);

    private final Deserializer<K> keys;
    private final Deserializer<V> values;
    private final boolean passesThrough;

    /**
     * Creates the deserialisers.
     *
     * @param keySupplier creates a deserialiser of keys
     * @param valueSupplier creates a deserialiser of values
     */
    public RecordDecoder(
            Supplier<? extends Deserializer<K>> keySupplier, Supplier<? extends Deserializer<V>> valueSupplier) {
        keys = keySupplier.get();
        values = orClose(keys, valueSupplier);
        passesThrough = keys instanceof ByteArrayDeserializer && values instanceof ByteArrayDeserializer;
    }

    /** Whoever cannot have both has no use for the first. */
    private static <V> Deserializer<V> orClose(
            Deserializer<?> keys, Supplier<? extends Deserializer<V>> valueSupplier) {
        try {
            return valueSupplier.get();
        } catch (RuntimeException | Error e) {
            close(keys);
            throw e;
        }
    }

    /**
     * Decodes a record.
     *
     * @param raw the record as it was read
     * @return the record with its key and value decoded
     * @throws DecodeException if a deserialiser threw
     */
    @SuppressWarnings("unchecked") // bytes are what K and V are when both deserialisers leave them alone
    public ConsumerRecord<K, V> decode(ConsumerRecord<byte[], byte[]> raw) {
        if (passesThrough) {
            return (ConsumerRecord<K, V>) (ConsumerRecord<?, ?>) raw;
        }
        K key = decode("key", keys, raw, raw.key());
        V value = decode("value", values, raw, raw.value());
        return new ConsumerRecord<>(
                raw.topic(),
                raw.partition(),
                raw.offset(),
                raw.timestamp(),
                raw.timestampType(),
                raw.serializedKeySize(),
                raw.serializedValueSize(),
                key,
                value,
                raw.headers(),
                raw.leaderEpoch(),
                raw.deliveryCount());
    }

    private static <T> @Nullable T decode(
            String what, Deserializer<T> deserializer, ConsumerRecord<byte[], byte[]> raw, byte[] bytes) {
        Headers headers = raw.headers();
        try {
            return bytes == null ? null : deserializer.deserialize(raw.topic(), headers, bytes);
        } catch (RuntimeException e) {
            throw new DecodeException(what, deserializer, e);
        }
    }

    /**
     * Closes the deserialisers. An exception of one is logged, since nothing depends on it any more; an {@link Error} goes through,
     * once both are closed.
     */
    @Override
    public void close() {
        try {
            close(values);
        } finally {
            close(keys);
        }
    }

    private static void close(Deserializer<?> deserializer) {
        try {
            deserializer.close();
        } catch (RuntimeException e) {
            LOG.warn("a deserialiser closed with a failure", e);
        }
    }
}
