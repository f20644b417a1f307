package io.bywash.runtime.plan;

import io.bywash.core.binding.HandlerTypes;
import io.bywash.core.binding.StandardDeserializers;
import io.bywash.runtime.plan.Decoder.Side;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Chooses how the records for a handler are decoded: by the class that configuration names, or else by the handler's type
 * arguments.
 *
 * @param handler the class of the handler
 * @param properties the properties of the consumer
 */
record DecoderChoice(Class<?> handler, Map<String, Object> properties) {

    /**
     * Chooses.
     *
     * @throws IllegalArgumentException if there is no way to decode; the message says why and what to do
     */
    Decoder choose(Side side, Optional<String> configured) {
        return configured.map(name -> Decoder.of(load(name), side, properties)).orElseGet(() -> standard(side));
    }

    private Decoder standard(Side side) {
        HandlerTypes types = HandlerTypes.of(handler);
        Type type = side == Side.KEY ? types.key() : types.value();
        String word = side.name().toLowerCase(Locale.ROOT);
        return new Decoder(readable(type), StandardDeserializers.forType(type, handler, word));
    }

    private static String readable(Type type) {
        return type instanceof Class<?> plain ? plain.getSimpleName() : type.getTypeName();
    }

    /** The jar of the handler may bring the deserialiser, so its class loader is asked. */
    private Class<?> load(String name) {
        try {
            Class<?> type = Class.forName(name, true, handler.getClassLoader());
            if (!Deserializer.class.isAssignableFrom(type)) {
                throw new IllegalArgumentException(
                        name + " is no " + Deserializer.class.getName() + "; name one that is");
            }
            Constructor<?> constructor = type.getConstructor();
            if (Modifier.isAbstract(type.getModifiers()) || !Modifier.isPublic(constructor.getModifiers())) {
                throw new NoSuchMethodException(name);
            }
            return type;
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "there is no class " + name + " on the class path or beside the handler; add its jar", e);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(name + " has no public constructor without parameters; give it one", e);
        }
    }
}
