package io.bywash.simulation;

import io.bywash.simulation.oracle.Finding;
import io.bywash.simulation.oracle.Invariant;

/** A run showed that something is not as it must be. The message tells what, when, what led to it, and how to see it again. */
public final class InvariantBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long seed;
    private final Invariant invariant;

    InvariantBrokenException(long seed, long step, Finding finding, String trace) {
        super("seed " + seed + " breaks " + finding.invariant() + " at step " + step + ": " + finding.how()
                + "\nrun it again: mvn -pl simulation -am test -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dbywash.seed=" + seed
                + "\nthe end of the trace:\n" + trace);
        this.seed = seed;
        this.invariant = finding.invariant();
    }

    /** Returns the seed of the run. */
    public long seed() {
        return seed;
    }

    /** Returns what is broken. */
    public Invariant invariant() {
        return invariant;
    }
}
