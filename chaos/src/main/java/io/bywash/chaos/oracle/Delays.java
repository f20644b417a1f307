package io.bywash.chaos.oracle;

import java.time.Duration;

/**
 * The longest times of a run.
 *
 * @param pause for which a partition stood still in a worker that no fault hit
 * @param standstill for which a partition stood still, whoever had it, near a fault
 * @param handOver from the last call that began in an ownership until the partition had its next owner, where it was given up in good order
 * @param revocation from the beginning of a rebalance until the handler was told that a partition was given up in it
 * @param recovery from a fault until a record that came after it was begun, in a partition that the fault touched
 */
public record Delays(Duration pause, Duration standstill, Duration handOver, Duration revocation, Duration recovery) {
    /** Of a run in which nothing stood still. */
    public static final Delays NONE =
            new Delays(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** Of each the longer one of two runs. */
    Delays and(Delays other) {
        return new Delays(
                longer(pause, other.pause),
                longer(standstill, other.standstill),
                longer(handOver, other.handOver),
                longer(revocation, other.revocation),
                longer(recovery, other.recovery));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
