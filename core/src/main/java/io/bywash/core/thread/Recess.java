package io.bywash.core.thread;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A short time in which all virtual threads that compute are away at once, so that nobody waits for ever who is made ready meanwhile.
 *
 * <p>A carrier of the JVM's scheduler mostly stays with a queue as long as that has tasks ({@code ForkJoinPool.runWorker} of JDK 25). Those
 * who sleep come back through a queue of the JVM's timer, and with more of them than processors it never is empty; those whom a platform thread makes
 * ready wait in its own queue meanwhile. Whoever comes back late has seen that there are so many, and begins a recess: those who come
 * back during it go away again until its end, which empties the queue and lets the carriers look for others.
 *
 * <p>May be used by any thread.
 */
final class Recess {
    /** A part of a {@link Timeslice}: so late comes only who had to wait for another one's to end. */
    private static final long CROWDED_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** How long it is from the beginning of one to that of the next, where few come back. */
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Long enough for the timer, and for some dozens to come back and to go away. */
    private static final long LEAST_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

    /**
     * As many slices as are in the delay, so many wait for each processor, and each needs a few microseconds to come back and to go
     * away, all of them perhaps on the one processor that is not in the middle of a slice.
     */
    private static final long PARTS_OF_DELAY = 1_000;

    /** Whoever is later than that stood still with the whole process. */
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** So much of the time goes on outside of a recess, for each part within. */
    private static final long TIMES_AS_LONG = 50;

    private final int processors;
    private final AtomicLong next;
    private volatile long end;

    /**
     * Creates one that may begin at once.
     *
     * @param now a time of the {@link Ticker}
     * @param processors how many carriers the scheduler has
     */
    Recess(long now, int processors) {
        this.processors = processors;
        next = new AtomicLong(now);
        end = now;
    }

    /**
     * Takes in that a thread came back, which may begin a recess.
     *
     * @param late how many nanoseconds later than it had asked for
     * @param now a time of the {@link Ticker}
     */
    void cameBack(long late, long now) {
        if (late < CROWDED_NANOS) {
            return;
        }
        long due = next.get();
        long length = LEAST_NANOS + Math.min(late, MOST_NANOS) / PARTS_OF_DELAY * processors;
        if (now - due >= 0 && next.compareAndSet(due, now + Math.max(EVERY_NANOS, TIMES_AS_LONG * length))) {
            end = now + length;
        }
    }

    /**
     * Tells how long it lasts.
     *
     * @param now a time of the {@link Ticker}
     * @return nanoseconds; nought or less if there is none
     */
    long left(long now) {
        return end - now;
    }
}
