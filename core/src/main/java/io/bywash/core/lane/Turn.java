package io.bywash.core.lane;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whose turn it is to see to a partition. Nobody ever waits for a turn: whoever does not get it leaves what he has for the one who
 * has it, who looks once more after he has given it up.
 */
final class Turn {
    private final AtomicBoolean taken = new AtomicBoolean();

    /** Takes the turn; returns whether it was free. */
    boolean take() {
        return !taken.get() && taken.compareAndSet(false, true);
    }

    boolean isTaken() {
        return taken.get();
    }

    /** Gives the turn up, visibly before whatever the caller reads next. */
    void giveUp() {
        taken.set(false);
    }
}
