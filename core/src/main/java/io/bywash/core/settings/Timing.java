package io.bywash.core.settings;

import java.time.Duration;

/**
 * The times a consumer keeps.
 *
 * @param commitInterval between two commits of the same consumer; longer than zero
 * @param drainTimeout how long calls in flight may go on when a partition is taken away, the last commit included; at most a
 *     third of the client's {@code max.poll.interval.ms}
 * @param stuckAfter how long one call may run before it is reported as stuck; longer than zero
 * @param stallAfter how long a partition may stand still although records wait before it is reported as stalled; longer than zero
 */
public record Timing(Duration commitInterval, Duration drainTimeout, Duration stuckAfter, Duration stallAfter) {

    /** Commits every second, drains for 20 s, reports a call as stuck and a partition as stalled after a minute. */
    public static final Timing DEFAULT =
            new Timing(Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMinutes(1));

    /** Checks the ranges. */
    public Timing {
        Require.positive("commit-interval", commitInterval);
        Require.positive("drain-timeout", drainTimeout);
        Require.positive("stuck-after", stuckAfter);
        Require.positive("stall-after", stallAfter);
    }
}
