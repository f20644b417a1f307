package io.bywash.dev;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.RecordPosition;
import io.bywash.runtime.BywashListener;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes down, independently of the engine's own counts, what the broker took, when calls of handlers began and ended, and what
 * became a dead letter, so that one can be held against the other. May be used by all threads.
 */
final class Journal implements Around, BywashListener, Traffic.Ledger {
    private final Map<RecordPosition, Sent> sent = new ConcurrentHashMap<>();
    private final Map<RecordPosition, String> orders = new ConcurrentHashMap<>();
    private final Map<String, Course> courses = new ConcurrentHashMap<>();

    /** What may happen to a call. */
    enum Moment {
        BEGUN,
        OVER
    }

    /**
     * Something that happened to a call.
     *
     * @param moment what happened
     * @param position the record of the call
     * @param key its key, in a form that equals that of another record with the same key
     */
    record Entry(Moment moment, RecordPosition position, Optional<Object> key) {}

    /** What one consumer did. */
    static final class Course {
        private final Map<RecordPosition, AtomicInteger> handled = new ConcurrentHashMap<>();
        private final Map<RecordPosition, AtomicInteger> deadLettered = new ConcurrentHashMap<>();
        private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();

        private static void count(Map<RecordPosition, AtomicInteger> counts, RecordPosition position) {
            counts.computeIfAbsent(position, first -> new AtomicInteger()).incrementAndGet();
        }

        int timesHandled(RecordPosition position) {
            return times(handled, position);
        }

        int timesDeadLettered(RecordPosition position) {
            return times(deadLettered, position);
        }

        private static int times(Map<RecordPosition, AtomicInteger> counts, RecordPosition position) {
            AtomicInteger count = counts.get(position);
            return count == null ? 0 : count.get();
        }

        int complete() {
            return handled.size() + deadLettered.size();
        }

        int countHandled() {
            return handled.size();
        }

        int countDeadLettered() {
            return deadLettered.size();
        }

        /** Returns the entries; those of one key or partition are in the order in which they happened, if its calls are. */
        Iterable<Entry> entries() {
            return entries;
        }
    }

    Map<RecordPosition, Sent> sent() {
        return sent;
    }

    /** Returns the key of a record that was sent. */
    String order(RecordPosition position) {
        return Objects.requireNonNull(orders.get(position));
    }

    Course course(String consumer) {
        return courses.computeIfAbsent(consumer, name -> new Course());
    }

    @Override
    public void acknowledged(RecordPosition position, String order, Sent kind) {
        orders.put(position, order);
        sent.put(position, kind);
    }

    @Override
    public void on(String consumer, GroupEvent event) {
        if (event instanceof GroupEvent.DeadLettered letter) {
            Course.count(course(consumer).deadLettered, letter.record());
        }
    }

    @Override
    public void handle(String consumer, ConsumerRecord<?, ?> record, Call call) throws Exception {
        Course course = course(consumer);
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        RecordPosition position = new RecordPosition(partition, record.offset());
        Optional<Object> key = Optional.ofNullable(record.key())
                .map(given -> given instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : given);
        course.entries.add(new Entry(Moment.BEGUN, position, key));
        try {
            call.run();
            Course.count(course.handled, position);
        } finally {
            course.entries.add(new Entry(Moment.OVER, position, key));
        }
    }
}
