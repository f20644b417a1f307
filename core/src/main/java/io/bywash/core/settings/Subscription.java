package io.bywash.core.settings;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which topics a consumer reads. */
public sealed interface Subscription {

    /**
     * Tells whether a topic is one of them.
     *
     * @param topic the name of a topic
     * @return whether it is listed, or matches
     */
    boolean takes(String topic);

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

        @Override
        public boolean takes(String topic) {
            return names.contains(topic);
        }
    }

    /**
     * All topics whose whole name matches, those created later included. Kafka's internal topics, and dead-letter and
     * redrive topics of any group, are never read because of it.
     *
     * @param include what the whole name must match
     * @param exclude names that are left out although they match
     */
    record Matching(Pattern include, Optional<Pattern> exclude) implements Subscription {
        @Override
        public boolean takes(String topic) {
            return include.matcher(topic).matches()
                    && exclude.filter(pattern -> pattern.matcher(topic).matches())
                            .isEmpty();
        }
    }
}
