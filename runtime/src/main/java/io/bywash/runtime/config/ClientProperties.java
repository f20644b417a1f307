package io.bywash.runtime.config;

import io.bywash.auth.AuthSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What the Kafka clients of one consumer are told. Prints names only, since values may be secret. */
public final class ClientProperties {
    private final Map<String, Object> given;
    private final Optional<AuthSettings> auth;

    ClientProperties(Map<String, Object> given, Optional<AuthSettings> auth) {
        this.given = Map.copyOf(given);
        this.auth = auth;
    }

    /**
     * Returns the properties that were given as such.
     *
     * @return names and values as the Kafka clients take them, without those that follow from {@code auth}
     */
    public Map<String, Object> given() {
        return given;
    }

    /**
     * Returns all properties. Reads the files that {@code auth} names, logs each protection that is switched off, and allows the
     * client the URLs and files it needs.
     *
     * @return names and values as the Kafka clients take them
     * @throws io.bywash.auth.InvalidAuthException if a file has changed since it was checked and no longer works
     */
    public Map<String, Object> complete() {
        Map<String, Object> all = new HashMap<>(given);
        auth.ifPresent(settings -> all.putAll(settings.clientProperties()));
        return all;
    }

    @Override
    public String toString() {
        return new TreeSet<>(given.keySet()) + (auth.isPresent() ? " and auth" : "");
    }
}
