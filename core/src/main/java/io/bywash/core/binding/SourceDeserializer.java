package io.bywash.core.binding;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A deserialiser that is told one topic whatever topic a record is from.
 *
 * @param topic the topic
 * @param inner what decodes
 * @param <T> the type of what comes out
 */
record SourceDeserializer<T>(String topic, Deserializer<T> inner) implements Deserializer<T> {

    /** Bytes are the same whatever the topic, and must be known as bytes to pass through untouched. */
    static <T> Deserializer<T> of(String topic, Deserializer<T> inner) {
        return inner instanceof ByteArrayDeserializer ? inner : new SourceDeserializer<>(topic, inner);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        inner.configure(configs, isKey);
    }

    @Override
    public T deserialize(String ignored, byte[] data) {
        return inner.deserialize(topic, data);
    }

    @Override
    public T deserialize(String ignored, Headers headers, byte[] data) {
        return inner.deserialize(topic, headers, data);
    }

    @Override
    public T deserialize(String ignored, Headers headers, ByteBuffer data) {
        return inner.deserialize(topic, headers, data);
    }

    @Override
    public void close() {
        inner.close();
    }
}
