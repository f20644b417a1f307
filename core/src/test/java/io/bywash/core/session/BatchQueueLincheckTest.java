package io.bywash.core.session;

import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** Under every interleaving tried, the queue between its two threads does what a queue of one thread does. */
public final class BatchQueueLincheckTest {
    private static final int BOUND = 4;

    private final BatchQueue queue = new BatchQueue(BOUND);
    private long next;

    /** Offers a batch, unless that were too much. */
    @Operation(nonParallelGroup = "poll thread")
    public boolean offer() {
        boolean room = queue.waitingRecords() < BOUND;
        if (room) {
            queue.offer(batch(next++));
        }
        return room;
    }

    @Operation(nonParallelGroup = "taker")
    public Optional<Long> poll() {
        Optional<Long> first = queue.poll().map(batch -> batch.records().get(0).offset());
        first.ifPresent(taken -> queue.finished(1, 10));
        return first;
    }

    @Operation(nonParallelGroup = "taker")
    public boolean hasBatch() {
        return queue.hasBatch();
    }

    private static Batch batch(long offset) {
        return new Batch(
                LongStream.of(offset)
                        .mapToObj(at -> new ConsumerRecord<>("topic", 0, at, new byte[0], new byte[0]))
                        .toList(),
                10);
    }

    @Test
    void isLinearizable() {
        new StressOptions()
                .iterations(10)
                .invocationsPerIteration(500)
                .threads(2)
                .actorsPerThread(3)
                .check(getClass());
    }
}
