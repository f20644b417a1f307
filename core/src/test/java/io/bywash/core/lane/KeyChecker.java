package io.bywash.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A handler for one partition whose keys are numbers. It notes whatever breaks the order of a key: two calls at once, a record before
 * one that was written earlier, a record that comes again although it was finished.
 */
final class KeyChecker implements TopicHandler<byte[], byte[]> {
    static final int NO_KEY = -1;

    private final TopicHandler<byte[], byte[]> work;
    private final AtomicIntegerArray running;
    private final AtomicIntegerArray latest;
    private final AtomicIntegerArray finished;
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();

    KeyChecker(int keys, int records, TopicHandler<byte[], byte[]> work) {
        this.work = work;
        this.running = new AtomicIntegerArray(keys);
        this.latest = new AtomicIntegerArray(keys);
        this.finished = new AtomicIntegerArray(records);
    }

    static ConsumerRecord<byte[], byte[]> record(long offset, int key) {
        byte @Nullable [] bytes = key == NO_KEY
                ? null
                : ByteBuffer.allocate(Integer.BYTES).putInt(key).array();
        return Records.record(offset, bytes);
    }

    @Override
    public void handle(ConsumerRecord<byte[], byte[]> record, HandlerContext context) throws Exception {
        int offset = (int) record.offset();
        if (record.key() == null) {
            call(record, context);
            return;
        }
        int key = ByteBuffer.wrap(record.key()).getInt();
        if (!running.compareAndSet(key, 0, 1)) {
            violations.add("two calls at once of key " + key + ", one of offset " + offset);
        }
        int before = latest.getAndSet(key, offset);
        if (before > offset) {
            violations.add("key " + key + " went back from offset " + before + " to " + offset);
        }
        try {
            call(record, context);
        } finally {
            running.set(key, 0);
        }
    }

    private void call(ConsumerRecord<byte[], byte[]> record, HandlerContext context) throws Exception {
        work.handle(record, context);
        finished.incrementAndGet((int) record.offset());
    }

    boolean isFinished(long offset) {
        return finished.get((int) offset) > 0;
    }

    /** How many calls finished. */
    int count() {
        int count = 0;
        for (int offset = 0; offset < finished.length(); offset++) {
            count += finished.get(offset);
        }
        return count;
    }

    void assertOrder() {
        assertEquals(List.of(), List.copyOf(violations));
    }

    void assertEachOnce(int records) {
        List<Integer> others = new ArrayList<>();
        for (int offset = 0; offset < records; offset++) {
            if (finished.get(offset) != 1) {
                others.add(offset);
            }
        }
        assertEquals(List.of(), others, "offsets not finished once");
    }
}
