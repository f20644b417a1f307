package io.bywash.runtime.logging;

import io.bywash.core.snapshot.RecordKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Sets and removes what a consumer's handlers have in the MDC of their thread. May be used by many threads at once. */
final class LogFields {
    private static final String CONSUMER = "consumer";
    private static final String TOPIC = "topic";
    private static final String PARTITION = "partition";
    private static final String OFFSET = "offset";
    private static final String KEY = "key";
    private static final String RECORDS = "records";
    private static final List<String> ALL = List.of(CONSUMER, TOPIC, PARTITION, OFFSET, KEY, RECORDS);

    private final String consumer;
    private final LogContext scope;

    LogFields(String consumer, LogContext scope) {
        this.consumer = consumer;
        this.scope = scope;
    }

    void set(ConsumerRecord<?, ?> record) {
        position(record);
        if (scope == LogContext.KEY) {
            shown(record.key()).ifPresent(key -> MDC.put(KEY, key));
        }
    }

    /** Of a batch the first record is named, and how many there are; they need not have one key. */
    <K, V> void set(List<ConsumerRecord<K, V>> records) {
        position(records.get(0));
        MDC.put(RECORDS, String.valueOf(records.size()));
    }

    private void position(ConsumerRecord<?, ?> record) {
        MDC.put(CONSUMER, consumer);
        MDC.put(TOPIC, record.topic());
        MDC.put(PARTITION, String.valueOf(record.partition()));
        MDC.put(OFFSET, String.valueOf(record.offset()));
    }

    /** A type of the application's own is left out: it may be large, and to ask it for its text may fail. */
    private static Optional<String> shown(@Nullable Object key) {
        if (key instanceof byte[] bytes) {
            return RecordKey.of(bytes);
        }
        if (key instanceof CharSequence || key instanceof Number || key instanceof UUID) {
            return RecordKey.of(key.toString().getBytes(StandardCharsets.UTF_8));
        }
        return Optional.empty();
    }

    void remove() {
        ALL.forEach(MDC::remove);
    }
}
