package io.bywash.handler;

/**
 * Thrown by a handler whose attempt failed for a passing reason, such as a database that does not answer. The record is tried
 * again after a back-off, even if its class or its cause is listed as one that fails fast.
 */
public class RetriableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed, with the value that matters
     */
    public RetriableException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what failed, with the value that matters
     * @param cause the failure underneath
     */
    public RetriableException(String message, Throwable cause) {
        super(message, cause);
    }
}
