package io.bywash.core.binding;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Which handler takes the records of which topic.
 *
 * @param byTopic handlers of single topics
 * @param otherwise the handler of all other topics
 * @param sources names the topic as which a topic is read: itself, or the source of a redrive topic
 */
public record HandlerRoutes(
        Map<String, HandlerBinding<?, ?>> byTopic,
        Optional<HandlerBinding<?, ?>> otherwise,
        UnaryOperator<String> sources) {

    /** Copies the map. */
    public HandlerRoutes {
        byTopic = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(byTopic));
    }

    /**
     * Creates the routes of a consumer that reads no redrive topics.
     *
     * @param byTopic handlers of single topics
     * @param otherwise the handler of all other topics
     */
    public HandlerRoutes(Map<String, HandlerBinding<?, ?>> byTopic, Optional<HandlerBinding<?, ?>> otherwise) {
        this(byTopic, otherwise, UnaryOperator.identity());
    }

    /**
     * Returns the handler for a topic.
     *
     * @param topic a subscribed topic
     * @return its handler; of a redrive topic that of the source, whose name its deserialisers are told
     * @throws IllegalArgumentException if there is none
     */
    public HandlerBinding<?, ?> forTopic(String topic) {
        String source = sources.apply(topic);
        return source.equals(topic) ? of(topic) : of(source).readAs(source);
    }

    private HandlerBinding<?, ?> of(String topic) {
        HandlerBinding<?, ?> own = byTopic.get(topic);
        if (own != null) {
            return own;
        }
        return otherwise.orElseThrow(() -> new IllegalArgumentException("no handler takes topic " + topic + "; "
                + (byTopic.isEmpty() ? "none was given" : "those there are take " + String.join(", ", byTopic.keySet()))
                + "; add one for it or one for all topics"));
    }

    /**
     * Returns every handler once.
     *
     * @return the handlers in the order they were given
     */
    public Collection<HandlerBinding<?, ?>> all() {
        Set<HandlerBinding<?, ?>> bindings = new LinkedHashSet<>(byTopic.values());
        otherwise.ifPresent(bindings::add);
        return bindings;
    }
}
