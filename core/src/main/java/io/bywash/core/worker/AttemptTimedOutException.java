package io.bywash.core.worker;

import java.time.Duration;

/** An attempt took longer than it may. */
public final class AttemptTimedOutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param limit how long an attempt may take
     */
    public AttemptTimedOutException(Duration limit) {
        super("the attempt took longer than the " + limit.toMillis() + " ms of attempts.timeout and was interrupted");
    }
}
