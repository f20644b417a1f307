package io.bywash.auth;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A comma-separated system property in which Kafka looks up whether a client may open a URL or read a file. The whole JVM
 * shares it, so entries are only ever added. Any thread.
 */
enum AllowList {
    URLS("org.apache.kafka.sasl.oauthbearer.allowed.urls"),
    FILES("org.apache.kafka.sasl.oauthbearer.allowed.files");

    private final String property;

    AllowList(String property) {
        this.property = property;
    }

    void add(Set<String> entries) {
        if (entries.isEmpty()) {
            return;
        }
        synchronized (AllowList.class) {
            Set<String> all = Arrays.stream(System.getProperty(property, "").split(","))
                    .map(String::trim)
                    .filter(entry -> !entry.isEmpty())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            all.addAll(entries);
            System.setProperty(property, String.join(",", all));
        }
    }
}
