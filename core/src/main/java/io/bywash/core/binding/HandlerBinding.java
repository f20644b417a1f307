package io.bywash.core.binding;

import io.bywash.handler.Handles;
import io.bywash.handler.TopicHandler;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A handler with its name and its deserialisers.
 *
 * @param name the name in events, metrics, dead letters and configuration
 * @param handler the handler, shared by all partitions
 * @param keys creates a deserialiser of keys; called once per owned partition, as deserialisers need not be thread-safe
 * @param values creates a deserialiser of values; called once per owned partition
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public record HandlerBinding<K, V>(
        String name,
        TopicHandler<K, V> handler,
        Supplier<? extends Deserializer<K>> keys,
        Supplier<? extends Deserializer<V>> values) {

    /**
     * Binds a handler whose class says which types it takes.
     *
     * @param handler the handler
     * @return the binding, with the deserialisers of {@link StandardDeserializers} for the handler's type arguments
     * @throws IllegalArgumentException if the class does not fix its types, as with a lambda, or a type has no standard
     *     deserialiser; the message says which and what to do
     */
    public static HandlerBinding<?, ?> of(TopicHandler<?, ?> handler) {
        HandlerTypes types = HandlerTypes.of(handler.getClass());
        return capture(
                handler,
                StandardDeserializers.forType(types.key(), handler.getClass(), "key"),
                StandardDeserializers.forType(types.value(), handler.getClass(), "value"));
    }

    /**
     * Binds a handler with deserialisers of the caller's choice.
     *
     * @param handler the handler
     * @param keys creates a deserialiser of keys
     * @param values creates a deserialiser of values
     * @return the binding
     * @param <K> the type of the key
     * @param <V> the type of the value
     */
    public static <K, V> HandlerBinding<K, V> of(
            TopicHandler<K, V> handler,
            Supplier<? extends Deserializer<K>> keys,
            Supplier<? extends Deserializer<V>> values) {
        return new HandlerBinding<>(nameOf(handler.getClass()), handler, keys, values);
    }

    /**
     * Returns the same handler with deserialisers that are told another topic than that of the record. Schemas are looked up by topic.
     *
     * @param topic the topic they are told
     * @return a new binding
     */
    HandlerBinding<K, V> readAs(String topic) {
        return new HandlerBinding<>(
                name,
                handler,
                () -> SourceDeserializer.of(topic, keys.get()),
                () -> SourceDeserializer.of(topic, values.get()));
    }

    /**
     * Returns the name a handler class goes by.
     *
     * @param type the class of a handler
     * @return what {@link Handles} says, or else the simple class name in lower case with hyphens
     */
    public static String nameOf(Class<?> type) {
        Handles handles = type.getAnnotation(Handles.class);
        if (handles != null && !handles.name().isEmpty()) {
            return handles.name();
        }
        String simple = type.getSimpleName().isEmpty() ? "handler" : type.getSimpleName();
        String plain = simple.contains("$$Lambda") ? "handler" : simple;
        return plain.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    @SuppressWarnings("unchecked") // the suppliers were chosen by the handler's own type arguments
    private static <K, V> HandlerBinding<K, V> capture(
            TopicHandler<K, V> handler, Supplier<Deserializer<?>> keys, Supplier<Deserializer<?>> values) {
        return of(handler, () -> (Deserializer<K>) keys.get(), () -> (Deserializer<V>) values.get());
    }
}
