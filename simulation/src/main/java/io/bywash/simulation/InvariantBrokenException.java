package io.bywash.simulation;

import io.bywash.simulation.oracle.Finding;
import io.bywash.simulation.oracle.Invariant;
import io.bywash.simulation.schedule.Trace;

/** A run showed that something is not as it must be. The message tells what, when, what led to it, and how to see it again. */
public final class InvariantBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LINES = 80;

    private final long seed;
    private final Invariant invariant;
    private final String trace;

    InvariantBrokenException(long seed, long step, Finding finding, Trace trace) {
        super("seed " + seed + " breaks " + finding.invariant() + " at step " + step + ": " + finding.how()
                + "\nrun it again: mvn -pl simulation -am test -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dbywash.seed=" + seed
                + "\nthe end of the trace:\n" + trace.tail(LINES));
        this.seed = seed;
        this.invariant = finding.invariant();
        this.trace = trace.text();
    }

    /** Returns the seed of the run. */
    public long seed() {
        return seed;
    }

    /** Returns what is broken. */
    public Invariant invariant() {
        return invariant;
    }

    /** Returns all that led to it. */
    public String trace() {
        return trace;
    }
}
