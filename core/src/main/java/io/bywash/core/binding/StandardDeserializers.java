package io.bywash.core.binding;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.DoubleDeserializer;
import org.apache.kafka.common.serialization.FloatDeserializer;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.ShortDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.UUIDDeserializer;
import org.apache.kafka.common.serialization.VoidDeserializer;
import org.apache.kafka.common.utils.Bytes;

/** The deserialisers that kafka-clients brings, by the type they make. */
public final class StandardDeserializers {
    private static final Map<Type, Supplier<Deserializer<?>>> BY_TYPE = Map.ofEntries(
            Map.entry(byte[].class, ByteArrayDeserializer::new),
            Map.entry(ByteBuffer.class, ByteBufferDeserializer::new),
            Map.entry(Bytes.class, BytesDeserializer::new),
            Map.entry(String.class, StringDeserializer::new),
            Map.entry(Integer.class, IntegerDeserializer::new),
            Map.entry(Long.class, LongDeserializer::new),
            Map.entry(Short.class, ShortDeserializer::new),
            Map.entry(Float.class, FloatDeserializer::new),
            Map.entry(Double.class, DoubleDeserializer::new),
            Map.entry(UUID.class, UUIDDeserializer::new),
            Map.entry(Void.class, VoidDeserializer::new));

    private StandardDeserializers() {}

    /**
     * Finds the deserialiser for a type.
     *
     * @param type what a handler takes
     * @param handler the class of the handler, for the message
     * @param what {@code key} or {@code value}, for the message
     * @return a supplier of new deserialisers
     * @throws IllegalArgumentException if there is none
     */
    public static Supplier<Deserializer<?>> forType(Type type, Class<?> handler, String what) {
        Supplier<Deserializer<?>> found = BY_TYPE.get(type);
        if (found == null) {
            throw new IllegalArgumentException("no standard deserialiser makes the " + what + " type "
                    + type.getTypeName() + " of " + handler.getName() + "; take one of " + names()
                    + ", or name a deserialiser class");
        }
        return found;
    }

    /**
     * Tells whether a type has a standard deserialiser.
     *
     * @param type what a handler takes
     * @return whether {@link #forType} would find one
     */
    public static boolean makes(Type type) {
        return BY_TYPE.containsKey(type);
    }

    private static String names() {
        return BY_TYPE.keySet().stream()
                .map(type -> ((Class<?>) type).getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new))
                .toString();
    }
}
