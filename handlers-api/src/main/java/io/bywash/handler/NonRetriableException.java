package io.bywash.handler;

/**
 * Thrown by a handler for a record that no further attempt can help, such as an order without an identifier. The failure policy
 * applies at once; no attempt is wasted on it.
 */
public class NonRetriableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what is wrong with the record
     */
    public NonRetriableException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message what is wrong with the record
     * @param cause the failure underneath
     */
    public NonRetriableException(String message, Throwable cause) {
        super(message, cause);
    }
}
