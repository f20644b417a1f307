package io.bywash.core.worker;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call that tells a handler about its partition. */
final class Callback implements Runnable {

    /** What to call. */
    interface Action {
        void run() throws Exception;
    }

    private final Action action;
    private @Nullable Throwable failure;
    private boolean over;

    Callback(Action action) {
        this.action = action;
    }

    @Override
    public void run() {
        try {
            action.run();
        } catch (Throwable thrown) {
            failure = thrown;
        }
        over = true;
    }

    boolean isOver() {
        return over;
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }
}
