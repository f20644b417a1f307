package io.bywash.core.thread;

import java.util.concurrent.TimeUnit;

/**
 * How long a step has gone on without letting others go first. The operating system sees to that between platform threads, but nobody
 * takes a processor from a virtual thread that computes (JEP 444), so what may go on for ever has to say {@link Next#AFTER_OTHERS}
 * now and then. Belongs to whoever runs the step.
 */
public final class Timeslice {
    /** Long beside the microsecond that it costs to let others go first, short for whoever waits. */
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private long began;
    private boolean over;

    /** Creates a slice that begins at no particular time. */
    public Timeslice() {
        // All fields begin at nought.
    }

    /**
     * Begins.
     *
     * @param now a time of the {@link Ticker}
     */
    public void begin(long now) {
        began = now;
        over = false;
    }

    /**
     * Takes in what time it is.
     *
     * @param now a time of the {@link Ticker}
     */
    public void at(long now) {
        over = now - began > NANOS;
    }

    /**
     * Tells whether it is over.
     *
     * @return true if the time last taken in is beyond the end
     */
    public boolean isOver() {
        return over;
    }
}
