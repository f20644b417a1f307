package io.bywash.core.event;

import java.util.EnumSet;
import java.util.Set;

/** The life of a consumer. Each state knows which may follow; any other move throws. */
public enum ConsumerState {
    /** Built, not started. */
    CREATED,
    /** Handlers are opening, or the group has not been joined yet. Live, not ready. */
    STARTING,
    /** A member of its group. */
    RUNNING,
    /** Was a member, and is refused or cut off for the moment; it keeps trying. Live, not ready. */
    DEGRADED,
    /** Takes no more records; calls in flight finish, then it commits and leaves. */
    DRAINING,
    /** Left its group in good order. Final. */
    CLOSED,
    /** Stopped by a failure that it could not mend. Final. */
    FAILED;

    /**
     * Returns the states that may follow.
     *
     * @return a new set, empty for final states
     */
    public Set<ConsumerState> next() {
        return switch (this) {
            case CREATED -> EnumSet.of(STARTING, CLOSED, FAILED);
            case STARTING -> EnumSet.of(RUNNING, DRAINING, FAILED);
            case RUNNING -> EnumSet.of(DEGRADED, DRAINING, FAILED);
            case DEGRADED -> EnumSet.of(RUNNING, DRAINING, FAILED);
            case DRAINING -> EnumSet.of(CLOSED, FAILED);
            case CLOSED, FAILED -> EnumSet.noneOf(ConsumerState.class);
        };
    }

    /**
     * Tells whether the consumer is over.
     *
     * @return true for {@link #CLOSED} and {@link #FAILED}
     */
    public boolean isFinal() {
        return next().isEmpty();
    }

    /**
     * Moves on.
     *
     * @param target the state to move to
     * @return {@code target}
     * @throws IllegalStateException if {@code target} may not follow
     */
    public ConsumerState to(ConsumerState target) {
        if (!next().contains(target)) {
            throw new IllegalStateException(
                    "a consumer that is " + this + " cannot become " + target + "; it can become " + next());
        }
        return target;
    }
}
