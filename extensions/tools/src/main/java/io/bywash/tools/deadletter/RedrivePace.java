package io.bywash.tools.deadletter;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** Spreads letters over time. Time that passes without any is not saved up for later. Not thread-safe. */
final class RedrivePace {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final OptionalInt perSecond;
    private final LongSupplier nanoTime;
    private long due;

    RedrivePace(OptionalInt perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
        this.due = nanoTime.getAsLong();
    }

    /** Returns how long the next letters have to wait, in nanoseconds; 0 or less if they may go. */
    long nanosLeft() {
        return due - nanoTime.getAsLong();
    }

    /** So many letters go now; those after them wait until these have had their time. */
    void took(int letters) {
        long now = nanoTime.getAsLong();
        long begin = due - now > 0 ? due : now;
        due = begin + (perSecond.isPresent() ? letters * SECOND / perSecond.getAsInt() : 0);
    }
}
