package io.bywash.core.deadletter;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that goes to the dead-letter topic.
 *
 * @param record the record, undecoded
 * @param group the group that failed
 * @param handler the handler that failed
 * @param attempts how often the record was tried
 * @param cause the last failure
 */
public record DeadLetter(
        ConsumerRecord<byte[], byte[]> record, String group, String handler, int attempts, Throwable cause) {}
