package io.bywash.benchmarks.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Sends records at a steady rate. Each carries the time it was due, so a producer that falls behind makes the latencies longer and not
 * the load lighter.
 *
 * @param bootstrap the broker
 * @param perSecond how many records a second
 */
public record SteadyLoad(String bootstrap, int perSecond) {

    /**
     * Sends all records of a content.
     *
     * @param topic where to
     * @param content the records
     * @throws IllegalStateException if the broker did not take one
     */
    public void send(String topic, Content content) {
        send(topic, content, () -> true);
    }

    /**
     * Sends records of a content as long as they are wanted.
     *
     * @param topic where to
     * @param content the records
     * @param wanted asked before each record
     * @throws IllegalStateException if the broker did not take one
     */
    public void send(String topic, Content content, BooleanSupplier wanted) {
        RecordSource source = new RecordSource(topic, content);
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = RecordSource.producer(bootstrap, 0)) {
            // The first question for the topic's partitions takes its time.
            producer.partitionsFor(topic);
            long start = Payload.nowMicros();
            for (long sent = 0; source.hasNext() && wanted.getAsBoolean(); sent++) {
                long due = start + sent * TimeUnit.SECONDS.toMicros(1) / perSecond;
                waitUntil(due);
                producer.send(source.next(due), (metadata, thrown) -> {
                    if (thrown != null) {
                        failure.compareAndSet(null, thrown);
                    }
                });
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("topic " + topic + " did not take every record", failure.get());
        }
    }

    private static void waitUntil(long due) {
        for (long ahead = due - Payload.nowMicros(); ahead > 0; ahead = due - Payload.nowMicros()) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(ahead));
        }
    }
}
