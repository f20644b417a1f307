package io.bywash.core.lane;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether the calls of a consumer are so quick that to wake a further lane would cost more than it brings. Quick means less than what
 * it takes to wake a thread, and it has to be so many times in a row, so that a handler that is slow now and then does not count.
 */
final class Pace {
    private static final long QUICK_NANOS = 20_000;
    private static final int IN_A_ROW = 1024;

    private final AtomicInteger quick = new AtomicInteger();

    /** Takes in how long a call took. */
    void took(long nanos) {
        if (nanos > QUICK_NANOS) {
            slow();
        } else if (quick.get() < IN_A_ROW) {
            quick.incrementAndGet();
        }
    }

    /** Takes in that a call takes long. */
    void slow() {
        if (quick.get() != 0) {
            quick.set(0);
        }
    }

    boolean isQuick() {
        return quick.get() >= IN_A_ROW;
    }
}
