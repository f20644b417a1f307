package io.bywash.runtime.plan;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * How keys or values are decoded.
 *
 * @param type what comes out, for people to read
 * @param deserializers creates a deserialiser for each partition
 */
public record Decoder(String type, Supplier<? extends Deserializer<?>> deserializers) {

    /** Uses a class that configuration names. It is configured with the properties of the consumer, as Kafka would do it. */
    static Decoder of(Class<?> type, Side side, Map<String, Object> properties) {
        return new Decoder(type.getName(), () -> create(type, side, properties));
    }

    private static Deserializer<?> create(Class<?> type, Side side, Map<String, Object> properties) {
        try {
            Deserializer<?> deserializer =
                    (Deserializer<?>) type.getConstructor().newInstance();
            // Kafka's config.providers put their values in on the way.
            Map<String, Object> resolved = new AbstractConfig(new ConfigDef(), properties, false).originals();
            deserializer.configure(resolved, side == Side.KEY);
            return deserializer;
        } catch (ReflectiveOperationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException("deserialiser " + type.getName() + " cannot be created: " + cause, cause);
        }
    }

    /** Which half of a record. */
    enum Side {
        KEY,
        VALUE
    }
}
