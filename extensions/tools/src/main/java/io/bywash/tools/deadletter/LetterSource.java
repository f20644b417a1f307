package io.bywash.tools.deadletter;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A dead-letter topic of a consumer, and where its letters may go back to. Nothing of it comes from a letter.
 *
 * @param topic the dead-letter topic
 * @param consumer the consumer's name
 * @param group its group
 * @param redriveTopics by source topic, the redrive topic of the group; empty if the consumer reads none
 */
public record LetterSource(
        String topic, String consumer, String group, SortedMap<String, Optional<String>> redriveTopics) {

    /** Copies the map. */
    public LetterSource {
        redriveTopics = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(redriveTopics));
    }

    /**
     * Describes the dead-letter topic of one source topic.
     *
     * @param topic the dead-letter topic
     * @param consumer the consumer's name
     * @param group its group
     * @param redriveTopics by source topic, the redrive topic of the group
     * @return the description
     */
    public static LetterSource of(
            String topic, String consumer, String group, Map<String, Optional<String>> redriveTopics) {
        return new LetterSource(topic, consumer, group, new TreeMap<>(redriveTopics));
    }
}
