package io.bywash.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The names of attributes. Those that begin with {@code messaging} are of OpenTelemetry's semantic conventions for messaging, whose
 * status is still Development: should they be renamed there, they are renamed here and nowhere else. The key of a record is left out,
 * since keys may name people.
 */
final class MessagingAttributes {
    static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    static final AttributeKey<String> OPERATION_NAME = AttributeKey.stringKey("messaging.operation.name");
    static final AttributeKey<String> OPERATION_TYPE = AttributeKey.stringKey("messaging.operation.type");
    static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("messaging.destination.name");
    static final AttributeKey<String> PARTITION = AttributeKey.stringKey("messaging.destination.partition.id");
    static final AttributeKey<String> GROUP = AttributeKey.stringKey("messaging.consumer.group.name");
    static final AttributeKey<Long> OFFSET = AttributeKey.longKey("messaging.kafka.offset");
    static final AttributeKey<Boolean> TOMBSTONE = AttributeKey.booleanKey("messaging.kafka.message.tombstone");
    static final AttributeKey<Long> BATCH_SIZE = AttributeKey.longKey("messaging.batch.message_count");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    /** The consumer, as the configuration names it. */
    static final AttributeKey<String> CONSUMER = AttributeKey.stringKey("bywash.consumer");

    /** The number of the attempt at the record, from 1. */
    static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("bywash.attempt");

    private MessagingAttributes() {}

    /** What is true of all records of a partition. */
    static Attributes ofPartition(ConsumerRecord<?, ?> record) {
        return Attributes.builder()
                .put(SYSTEM, "kafka")
                .put(OPERATION_NAME, "process")
                .put(OPERATION_TYPE, "process")
                .put(DESTINATION, record.topic())
                .put(PARTITION, String.valueOf(record.partition()))
                .build();
    }

    /** What is true of one record. */
    static Attributes ofRecord(ConsumerRecord<?, ?> record) {
        Attributes offset = Attributes.of(OFFSET, record.offset());
        return record.value() == null ? offset.toBuilder().put(TOMBSTONE, true).build() : offset;
    }
}
