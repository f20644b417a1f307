package io.bywash.core.settings;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which topics a consumer reads. */
public sealed interface Subscription {

    /**
     * A list of topics.
     *
     * @param names the topics; at least one, none empty
     */
    record Topics(SortedSet<String> names) implements Subscription {
        /** Checks the names. */
        public Topics {
            if (names.isEmpty()) {
                throw new InvalidSettingException(
                        "topics", "is empty; name at least one topic or give a topic-pattern");
            }
            names.forEach(name -> Require.text("a topic name", name));
            names = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(names));
        }
    }

    /**
     * All topics whose whole name matches, those created later included. Kafka's internal topics and dead-letter topics of the
     * group never match.
     *
     * @param include what the whole name must match
     * @param exclude names that are left out although they match
     */
    record Matching(Pattern include, Optional<Pattern> exclude) implements Subscription {}
}
