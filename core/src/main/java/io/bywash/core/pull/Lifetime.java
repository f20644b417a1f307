package io.bywash.core.pull;

import io.bywash.core.event.ConsumerFailedException;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether a reader still brings records. */
final class Lifetime {
    private final Supplier<Optional<ConsumerFailedException>> failure;
    private volatile boolean closed;
    private volatile boolean ended;

    Lifetime(Supplier<Optional<ConsumerFailedException>> failure) {
        this.failure = failure;
    }

    /** The application closes the reader. */
    void close() {
        closed = true;
    }

    /** The engine has stopped. */
    void end() {
        ended = true;
    }

    /**
     * Tells whether streams end. An end that the application did not ask for is thrown at it, so that no loop takes it for the end of
     * the work.
     *
     * @throws ConsumerFailedException if a failure stopped the reader
     */
    boolean isOver() {
        if (ended && !closed) {
            failure.get().ifPresent(cause -> {
                throw new ConsumerFailedException(cause.kind(), String.valueOf(cause.getMessage()), cause);
            });
        }
        return closed || ended;
    }
}
