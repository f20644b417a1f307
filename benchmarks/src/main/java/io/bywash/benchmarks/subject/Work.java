package io.bywash.benchmarks.subject;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is done with each record. Called by as many threads at once as the subject has. */
@FunctionalInterface
public interface Work {

    /**
     * Handles a record.
     *
     * @param record the record
     * @throws InterruptedException if the calling thread is interrupted
     */
    void handle(ConsumerRecord<byte[], byte[]> record) throws InterruptedException;

    /**
     * Handles a record for a caller that may not throw checked exceptions.
     *
     * @param record the record
     * @throws IllegalStateException if the calling thread is interrupted; it stays so
     */
    default void handleUnchecked(ConsumerRecord<byte[], byte[]> record) {
        try {
            handle(record);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at offset " + record.offset(), e);
        }
    }
}
