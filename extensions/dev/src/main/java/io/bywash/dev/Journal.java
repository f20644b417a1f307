package io.bywash.dev;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.RecordPosition;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.BywashListener;
import io.bywash.runtime.HandlerWrapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes down, independently of the engine's own counts, what the broker took, what handlers finished and what became a dead
 * letter, so that one can be held against the other. May be used by all threads.
 */
final class Journal implements HandlerWrapper, BywashListener, Traffic.Ledger {
    private final Map<RecordPosition, Sent> sent = new ConcurrentHashMap<>();
    private final Map<String, Course> courses = new ConcurrentHashMap<>();

    /** What one consumer did. */
    static final class Course {
        private final Map<RecordPosition, AtomicInteger> handled = new ConcurrentHashMap<>();
        private final Map<RecordPosition, AtomicInteger> deadLettered = new ConcurrentHashMap<>();
        private final Map<TopicPartition, Long> last = new ConcurrentHashMap<>();
        private final List<String> outOfOrder = java.util.Collections.synchronizedList(new ArrayList<>());

        private void handled(RecordPosition position) {
            count(handled, position);
            Long before = last.put(position.partition(), position.offset());
            if (before != null && before >= position.offset()) {
                outOfOrder.add(position + " was handled after offset " + before);
            }
        }

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

        List<String> outOfOrder() {
            return List.copyOf(outOfOrder);
        }
    }

    Map<RecordPosition, Sent> sent() {
        return sent;
    }

    Course course(String consumer) {
        return courses.computeIfAbsent(consumer, name -> new Course());
    }

    @Override
    public void acknowledged(RecordPosition position, Sent kind) {
        sent.put(position, kind);
    }

    @Override
    public void on(String consumer, GroupEvent event) {
        if (event instanceof GroupEvent.DeadLettered letter) {
            Course.count(course(consumer).deadLettered, letter.record());
        }
    }

    @Override
    public <K, V> TopicHandler<K, V> wrap(String consumer, TopicHandler<K, V> handler) {
        return new Noting<>(handler, course(consumer));
    }

    /** Passes every call on, and notes the records whose call returned. */
    private record Noting<K, V>(TopicHandler<K, V> handler, Course course) implements TopicHandler<K, V> {
        @Override
        public void open() throws Exception {
            handler.open();
        }

        @Override
        public void assigned(TopicPartition partition) throws Exception {
            handler.assigned(partition);
        }

        @Override
        public void handle(ConsumerRecord<K, V> record, HandlerContext context) throws Exception {
            handler.handle(record, context);
            course.handled(new RecordPosition(context.partition(), record.offset()));
        }

        @Override
        public void revoked(TopicPartition partition) throws Exception {
            handler.revoked(partition);
        }

        @Override
        public void lost(TopicPartition partition) throws Exception {
            handler.lost(partition);
        }

        @Override
        public void close() throws Exception {
            handler.close();
        }
    }
}
