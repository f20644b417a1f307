package io.bywash.simulation.schedule;

import io.bywash.core.thread.Ticker;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of a run. It begins at zero and moves only when the scheduler moves it.
 *
 * <p>The engine sees it through a {@link Ticker} whose zero is elsewhere, as with the clock of the JVM, so that a comparison of two
 * times by anything but their difference fails in some runs.
 */
public final class VirtualClock {
    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private final long origin;
    private long nanos;

    /**
     * Creates a clock at zero.
     *
     * @param origin what the engine's ticker shows at zero; may be so large that the ticker overflows during the run
     */
    public VirtualClock(long origin) {
        this.origin = origin;
    }

    /** Returns the nanoseconds since the run began. */
    public long now() {
        return nanos;
    }

    /** Returns the time of day. */
    public Instant instant() {
        return EPOCH.plusNanos(nanos);
    }

    /** Returns the clock as the engine measures spans with it. */
    public Ticker ticker() {
        return () -> origin + nanos;
    }

    /** Returns the clock as the engine tells the time of day by it. */
    public InstantSource instants() {
        return this::instant;
    }

    /**
     * Translates a time of the ticker.
     *
     * @param ticks a time as {@link #ticker} shows it
     * @return the same time in nanoseconds since the run began
     */
    long sinceStart(long ticks) {
        return ticks - origin;
    }

    void advance(long by) {
        nanos += by;
    }
}
