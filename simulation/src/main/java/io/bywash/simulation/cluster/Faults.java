package io.bywash.simulation.cluster;

import java.time.Duration;

/**
 * How often the cluster lets its clients down. Rates go from 0 (never) to 1 (always).
 *
 * @param commitRefused a commit fails before it is applied
 * @param commitReplyLost a commit is applied, and the client is told that it failed
 * @param commitSlow a commit takes as long as {@code slowest}
 * @param offsetsUnavailable a question for committed offsets fails
 * @param pollFailed a poll throws
 * @param pollEmpty a poll brings nothing although there is something
 * @param letterRefused a dead letter is not written
 * @param letterReplyLost a dead letter is written, and the producer is told that it was not
 * @param letterSlow a dead letter takes as long as {@code slowest}
 * @param adminFailed a question about topics fails
 * @param endLost while nobody reads a partition, it gets a leader that has not all of its log
 * @param slowest the longest that a request takes
 */
public record Faults(
        double commitRefused,
        double commitReplyLost,
        double commitSlow,
        double offsetsUnavailable,
        double pollFailed,
        double pollEmpty,
        double letterRefused,
        double letterReplyLost,
        double letterSlow,
        double adminFailed,
        double endLost,
        Duration slowest) {

    /** A cluster that works. */
    public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ofMillis(20));
}
