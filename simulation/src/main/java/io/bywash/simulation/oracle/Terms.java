package io.bywash.simulation.oracle;

import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.Timing;

/**
 * What the engine was told to keep to.
 *
 * @param ordering which records wait for each other, and how many are worked on at once
 * @param failures what to do about failures
 * @param timing the times to keep
 */
public record Terms(Ordering ordering, FailurePolicy failures, Timing timing) {
    /** The name of the group. */
    public static final String GROUP = "group";

    /** Returns the same with another ordering. */
    public Terms with(Ordering other) {
        return new Terms(other, failures, timing);
    }

    Precedence precedence() {
        return Precedence.of(ordering);
    }

    /** Tells how many calls one process may be in at once. */
    int mostCalls() {
        if (ordering instanceof Ordering.Key key) {
            return key.concurrency();
        }
        return ordering instanceof Ordering.None none ? none.concurrency() : Integer.MAX_VALUE;
    }

    /** Tells whether one process has a lane left for a partition. */
    boolean hasLaneLeft(int callsOfProcess, int callsOfPartition) {
        if (ordering instanceof Ordering.Key key) {
            return callsOfProcess < key.concurrency();
        }
        return ordering instanceof Ordering.None none ? callsOfProcess < none.concurrency() : callsOfPartition == 0;
    }
}
