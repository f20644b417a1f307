package io.bywash.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Batches come out as they went in, and what waits is bounded and counted until it is finished. */
class BatchQueueTest {

    @Test
    void countsWhatIsBeingWorkedOn() {
        BatchQueue queue = new BatchQueue(10);
        queue.offer(batch(0, 3));
        assertTrue(queue.hasBatch());
        queue.poll();
        assertFalse(queue.hasBatch());
        assertEquals(3, queue.waitingRecords());
        assertEquals(6, queue.waitingBytes());
        queue.finished(2, 0);
        assertEquals(1, queue.waitingRecords());
        queue.finished(1, 6);
        assertEquals(0, queue.waitingRecords());
        assertEquals(0, queue.waitingBytes());
        assertEquals(Optional.empty(), queue.poll());
    }

    @Test
    void refusesMoreOnceTheBoundIsReached() {
        BatchQueue queue = new BatchQueue(4);
        queue.offer(batch(0, 3));
        queue.offer(batch(3, 3));
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> queue.offer(batch(6, 1)));
        assertTrue(refusal.getMessage().contains("6 records"), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("bound is 4"), refusal::getMessage);
        queue.poll();
        queue.finished(3, 6);
        queue.offer(batch(6, 1));
    }

    @Test
    void handsOverFromOneThreadToAnother() throws InterruptedException {
        int batches = 5_000;
        BatchQueue queue = new BatchQueue(100);
        List<Long> taken = new ArrayList<>();
        Thread taker = new Thread(() -> {
            while (taken.size() < batches) {
                queue.poll().ifPresent(batch -> {
                    taken.add(batch.records().get(0).offset());
                    queue.finished(1, 2);
                });
            }
        });
        taker.start();
        for (long offset = 0; offset < batches; offset++) {
            while (queue.waitingRecords() >= 100) {
                Thread.onSpinWait();
            }
            queue.offer(batch(offset, 1));
        }
        taker.join();
        for (int i = 0; i < batches; i++) {
            assertEquals(i, taken.get(i));
        }
        assertEquals(0, queue.waitingRecords());
        assertEquals(0, queue.waitingBytes());
    }

    private static Batch batch(long first, int count) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(new ConsumerRecord<>("topic", 0, first + i, null, new byte[2]));
        }
        return new Batch(records, 2L * count);
    }
}
