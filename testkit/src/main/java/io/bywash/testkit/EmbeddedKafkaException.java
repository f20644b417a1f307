package io.bywash.testkit;

/**
 * Something asked of an {@link EmbeddedKafka} could not be done. The message says what, where and what to do about it.
 */
public class EmbeddedKafkaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure of the kit's own.
     *
     * @param message what failed, with which value, where, and the remedy
     */
    public EmbeddedKafkaException(String message) {
        super(message);
    }

    /**
     * A failure that Kafka or the JVM caused.
     *
     * @param message what failed, with which value, where, and the remedy
     * @param cause what Kafka or the JVM reported
     */
    public EmbeddedKafkaException(String message, Throwable cause) {
        super(message, cause);
    }
}
