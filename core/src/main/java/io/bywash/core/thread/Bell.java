package io.bywash.core.thread;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes a thread of the application that waits for the engine, without a lock. One thread waits at a time, any may ring; a ring is
 * kept until it is cleared. Whoever waits clears first, then looks for what it needs, then waits: so nothing is missed.
 */
public final class Bell {
    private final AtomicBoolean rung = new AtomicBoolean();
    private volatile @Nullable Thread waiting;

    /** Wakes the thread that waits, or the next one that would. Never blocks. */
    public void ring() {
        rung.set(true);
        LockSupport.unpark(waiting);
    }

    /** Forgets the rings so far. */
    public void clear() {
        // A plain write could let the look that follows overtake it.
        rung.getAndSet(false);
    }

    /**
     * Waits for a ring since the last {@link #clear}. May return early, and does so when the thread is interrupted, which stays set.
     *
     * @param nanos how long at most
     */
    public void await(long nanos) {
        waiting = Thread.currentThread();
        if (!rung.get()) {
            LockSupport.parkNanos(this, nanos);
        }
        waiting = null;
    }
}
