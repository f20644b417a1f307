package io.bywash.core.poll;

import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.settings.Subscription;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which redrive topics of the consumer exist. The poll thread says which topics a pattern takes in, {@link TopicWatch} finds out on
 * a thread of its own, and the poll thread reads what it found. None exists until an operator sends dead letters back.
 */
public final class RedriveTopics {
    /** The longest name that Kafka gives a topic. */
    private static final int LONGEST = 249;

    private final ConsumerSettings settings;
    private volatile Set<String> sources;
    private volatile Set<String> found = Set.of();

    /**
     * Begins with none.
     *
     * @param settings what the consumer was told
     */
    public RedriveTopics(ConsumerSettings settings) {
        this.settings = settings;
        this.sources = settings.subscription() instanceof Subscription.Topics listed ? listed.names() : Set.of();
    }

    /** Tells whether any would be read. */
    boolean areRead() {
        return settings.failures().redriveTopic().isPresent();
    }

    /** Tells whether a topic is the redrive topic of a source topic. */
    boolean has(String topic) {
        return !settings.sourceOf(topic).equals(topic);
    }

    /** Notes what a pattern has taken in. Called by the poll thread. */
    void taken(Set<String> topics) {
        sources = topics.stream().filter(topic -> !has(topic)).collect(Collectors.toSet());
    }

    /** Returns the names they have if they exist; without those that no topic can have, about which brokers refuse to answer. */
    Set<String> names() {
        return sources.stream()
                .flatMap(source -> settings.redriveTopicFor(source).stream())
                .filter(name -> name.length() <= LONGEST)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Notes which exist. Called by the watch. */
    void exist(Set<String> topics) {
        if (!topics.equals(found)) {
            found = Set.copyOf(topics);
        }
    }

    /** Returns those that exist: the same object until others do. */
    Set<String> found() {
        return found;
    }
}
