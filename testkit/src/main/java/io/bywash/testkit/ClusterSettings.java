package io.bywash.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was asked of the builder, checked.
 *
 * @param brokers how many
 * @param listeners those for clients, at least one, names distinct
 * @param properties broker properties that override the kit's
 * @param superUsers who may do everything, as {@code User:name}; empty when there is no access control
 * @param dataDirectory where data outlives the cluster; empty for a directory that is deleted with it
 * @param timeout how long any call may take
 */
record ClusterSettings(
        int brokers,
        List<Listener> listeners,
        Map<String, String> properties,
        Optional<Set<String>> superUsers,
        Optional<Path> dataDirectory,
        Duration timeout) {}
