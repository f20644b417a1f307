package io.bywash.runtime.config;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Properties for the Kafka clients. Prints names only, since values may be secret. */
public final class ClientProperties {
    private final Map<String, Object> values;

    ClientProperties(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Returns the properties.
     *
     * @return names and values as the Kafka clients take them
     */
    public Map<String, Object> asMap() {
        return values;
    }

    ClientProperties and(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(values);
        all.putAll(more);
        return new ClientProperties(all);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientProperties properties && properties.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.keySet().hashCode();
    }

    @Override
    public String toString() {
        return new TreeMap<>(values).keySet().toString();
    }
}
