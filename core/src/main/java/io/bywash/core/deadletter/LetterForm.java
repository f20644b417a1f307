package io.bywash.core.deadletter;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** How much of a record goes into its letter. Each form is tried when the one before it is too large; the last fits any topic. */
enum LetterForm {
    /** All of it. */
    WHOLE,
    /** The key and where the record came from. */
    WITHOUT_VALUE,
    /** Where the record came from. */
    WITHOUT_KEY;

    Optional<LetterForm> smaller() {
        return switch (this) {
            case WHOLE -> Optional.of(WITHOUT_VALUE);
            case WITHOUT_VALUE -> Optional.of(WITHOUT_KEY);
            case WITHOUT_KEY -> Optional.empty();
        };
    }

    ProducerRecord<byte[], byte[]> write(DeadLetter letter, String topic, int partition) {
        ConsumerRecord<byte[], byte[]> record = letter.record();
        Long timestamp = record.timestamp() < 0 ? null : record.timestamp();
        byte @Nullable [] key = this == WITHOUT_KEY ? null : record.key();
        byte @Nullable [] value = this == WHOLE ? record.value() : null;
        return new ProducerRecord<>(topic, partition, timestamp, key, value, headers(letter));
    }

    private Headers headers(DeadLetter letter) {
        return switch (this) {
            case WHOLE -> DeadLetterHeaders.of(letter);
            case WITHOUT_VALUE -> DeadLetterHeaders.withoutValue(letter);
            case WITHOUT_KEY -> DeadLetterHeaders.withoutKey(letter);
        };
    }
}
