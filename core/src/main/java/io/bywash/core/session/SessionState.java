package io.bywash.core.session;

import java.util.EnumSet;
import java.util.Set;

/** The life of one ownership. */
public enum SessionState {
    /** Records are delivered and taken. */
    OPEN,
    /** No further record is taken; the call in flight may finish and counts. */
    STOPPING,
    /** Given up in good order. Results no longer count. Final. */
    RELEASED,
    /** Taken away. Results no longer count. Final. */
    LOST;

    Set<SessionState> next() {
        return switch (this) {
            case OPEN -> EnumSet.of(STOPPING, LOST);
            case STOPPING -> EnumSet.of(RELEASED, LOST);
            case RELEASED, LOST -> EnumSet.noneOf(SessionState.class);
        };
    }

    SessionState to(SessionState target) {
        if (!next().contains(target)) {
            throw new IllegalStateException(
                    "a session that is " + this + " cannot become " + target + "; it can become " + next());
        }
        return target;
    }

    /**
     * Tells whether results still count.
     *
     * @return false once the partition is gone
     */
    public boolean counts() {
        return this == OPEN || this == STOPPING;
    }
}
