package io.bywash.benchmarks.subject;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;

/**
 * A way to consume with its setting.
 *
 * @param way the way
 * @param concurrency how many records it handles at once: lanes, threads or consumers
 */
public record Contestant(Way way, int concurrency) implements Serializable {
    /** The concurrency of ways that go by the partitions, as many as there are. */
    private static final int EACH_PARTITION = 1_000_000;

    private static final Set<Way> ONE_AT_A_TIME =
            EnumSet.of(Way.PLAIN_LOOP, Way.PLAIN_LOOP_AS_IT_COMES, Way.REACTOR_INLINE);

    /**
     * Returns a way that has no such setting.
     *
     * @param way the way
     * @return the contestant
     */
    public static Contestant of(Way way) {
        return new Contestant(way, ONE_AT_A_TIME.contains(way) ? 1 : EACH_PARTITION);
    }

    /**
     * Returns the name in tables.
     *
     * @return the way, with the concurrency if it is a setting
     */
    public String label() {
        return concurrency == 1 || concurrency == EACH_PARTITION ? way.label() : way.label() + " " + concurrency;
    }

    /**
     * Returns the name as part of that of a topic or group.
     *
     * @return the label with a hyphen for each character that no topic may have
     */
    public String nameOfTopic() {
        return label().replaceAll("[^A-Za-z0-9._-]", "-");
    }

    /**
     * Creates the subject.
     *
     * @return the subject
     */
    public Subject subject() {
        return way.subject(concurrency);
    }
}
