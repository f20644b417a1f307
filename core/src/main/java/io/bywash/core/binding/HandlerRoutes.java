package io.bywash.core.binding;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which handler takes the records of which topic.
 *
 * @param byTopic handlers of single topics
 * @param otherwise the handler of all other topics
 */
public record HandlerRoutes(Map<String, HandlerBinding<?, ?>> byTopic, Optional<HandlerBinding<?, ?>> otherwise) {

    /** Copies the map. */
    public HandlerRoutes {
        byTopic = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(byTopic));
    }

    /**
     * Returns the handler for a topic.
     *
     * @param topic a subscribed topic
     * @return its handler
     * @throws IllegalArgumentException if there is none
     */
    public HandlerBinding<?, ?> forTopic(String topic) {
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
