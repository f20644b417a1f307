package io.bywash.runtime.isolation;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** A deserialiser that is called in the context of its jar. */
record DeserializerInContext<T>(Deserializer<T> deserializer, JarContext context) implements Deserializer<T> {
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        context.get(() -> {
            deserializer.configure(configs, isKey);
            return true;
        });
    }

    @Override
    public T deserialize(String topic, byte[] data) {
        return context.get(() -> deserializer.deserialize(topic, data));
    }

    @Override
    public T deserialize(String topic, Headers headers, byte[] data) {
        return context.get(() -> deserializer.deserialize(topic, headers, data));
    }

    @Override
    public T deserialize(String topic, Headers headers, ByteBuffer data) {
        return context.get(() -> deserializer.deserialize(topic, headers, data));
    }

    @Override
    public void close() {
        context.get(() -> {
            deserializer.close();
            return true;
        });
    }
}
