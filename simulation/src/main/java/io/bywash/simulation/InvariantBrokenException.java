package io.bywash.simulation;

import io.bywash.simulation.oracle.Finding;
import io.bywash.simulation.oracle.Invariant;
import io.bywash.simulation.schedule.Trace;
import java.util.List;

/** A run showed that something is not as it must be. The message tells what, when, what led to it, and how to see it again. */
public final class InvariantBrokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LINES = 80;

    private final transient Run run;
    private final Invariant invariant;
    private final String how;
    private final String trace;

    /** Which run it was, of what, without what, and how long it lasted. */
    record Run(long seed, List<String> without, String scenario, long steps) {

        private String command() {
            return "simulation/simulate --seed " + seed
                    + (without.isEmpty() ? "" : " --without " + String.join(",", without));
        }
    }

    InvariantBrokenException(Run run, Finding finding, Trace trace) {
        super("seed " + run.seed() + " breaks " + finding.invariant() + " at step " + run.steps() + ": " + finding.how()
                + "\nrun it again: " + run.command() + "\n" + run.scenario() + "\nthe end of the trace:\n"
                + trace.tail(LINES));
        this.run = run;
        this.invariant = finding.invariant();
        this.how = finding.how();
        this.trace = trace.text();
    }

    /** Returns the seed of the run. */
    public long seed() {
        return run.seed();
    }

    /** Returns what the run did without. */
    List<String> without() {
        return run.without();
    }

    /** Returns what is broken. */
    public Invariant invariant() {
        return invariant;
    }

    /** Returns in which way. */
    String how() {
        return how;
    }

    /** Returns all that led to it. */
    public String trace() {
        return trace;
    }
}
