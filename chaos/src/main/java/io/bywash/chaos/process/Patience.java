package io.bywash.chaos.process;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for conditions. Any thread. */
public final class Patience {
    private static final long PAUSE_NANOS = 20_000_000;

    private Patience() {}

    /**
     * Waits until something holds.
     *
     * @param limit how long at most
     * @param condition what must hold; a failure counts as not yet
     * @param what what is waited for, for the message
     * @throws IllegalStateException if it does not hold in time
     */
    public static void await(Duration limit, Callable<Boolean> condition, Supplier<String> what) {
        long end = System.nanoTime() + limit.toNanos();
        Exception last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (Exception e) {
                last = e;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while waiting for " + what.get());
            }
        }
        throw new IllegalStateException(
                "this did not come within " + limit.toSeconds() + " s" + (last == null ? "" : ", but " + last) + ": "
                        + what.get(),
                last);
    }

    /**
     * Lets time pass, where the time itself is the fault or the load.
     *
     * @param span how long
     */
    public static void pass(Duration span) {
        long end = System.nanoTime() + span.toNanos();
        for (long left = span.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted");
            }
        }
    }
}
