package io.bywash.core.deadletter;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that goes to the dead-letter topic.
 *
 * @param record the record, undecoded
 * @param source the topic it was read as: its own, or, if that is a redrive topic, the source topic
 * @param group the group that failed
 * @param failure what went wrong
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record, String source, String group, Failure failure) {

    /**
     * What went wrong.
     *
     * @param handler the handler that failed
     * @param attempts how often the record was tried
     * @param cause the last failure
     */
    public record Failure(String handler, int attempts, Throwable cause) {}

    /** Tells whether it came back once, from the dead-letter topic through the redrive topic, and failed again. */
    boolean cameBack() {
        return !source.equals(record.topic());
    }
}
