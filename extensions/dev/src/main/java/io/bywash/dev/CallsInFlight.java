package io.bywash.dev;

import io.bywash.core.event.RecordPosition;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Knows which calls run, and since when. May be used by all threads. */
final class CallsInFlight implements Around {
    private final Map<ConsumerRecord<?, ?>, Long> began = new ConcurrentHashMap<>();

    @Override
    public void handle(String consumer, ConsumerRecord<?, ?> record, Call call) throws Exception {
        began.put(record, System.nanoTime());
        try {
            call.run();
        } finally {
            began.remove(record);
        }
    }

    /** Describes the call that has been running for longest; nothing if none runs. */
    Optional<String> longest() {
        long now = System.nanoTime();
        return began.entrySet().stream()
                .max(Comparator.comparingLong(call -> now - call.getValue()))
                .map(call -> (now - call.getValue()) / 1_000_000 + " ms (" + describe(call.getKey()) + ")");
    }

    private static String describe(ConsumerRecord<?, ?> record) {
        return record.key() instanceof String key
                ? key
                : new RecordPosition(new TopicPartition(record.topic(), record.partition()), record.offset())
                        .toString();
    }
}
