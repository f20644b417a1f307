package io.bywash.core.session;

import io.bywash.core.fixture.Interleavings;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Optional;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * The memory that is counted as held is that of what was offered and is not finished, at every moment. It is looked at apart from the
 * number of records, since room is given up in two writes.
 */
@Param(name = "bytes", gen = IntGen.class, conf = "1:3")
public final class QueueBytesLincheckTest {
    private final BatchQueue queue = new BatchQueue(Integer.MAX_VALUE);

    // Of the taker.
    private final Queue<Batch> taken = new ArrayDeque<>();

    public QueueBytesLincheckTest() {
        offer(1);
        take();
    }

    @Operation(nonParallelGroup = "poll thread")
    public void offer(@Param(name = "bytes") int bytes) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("topic", 0, 0, new byte[0], new byte[0]);
        queue.offer(new Batch(Collections.nCopies(bytes, record), bytes));
    }

    @Operation(nonParallelGroup = "poll thread")
    public long waitingBytes() {
        return queue.waitingBytes();
    }

    @Operation(nonParallelGroup = "taker")
    public long take() {
        Optional<Batch> next = queue.poll();
        next.ifPresent(taken::add);
        return next.map(Batch::bytes).orElse(0L);
    }

    @Operation(nonParallelGroup = "taker")
    public void finish() {
        Optional.ofNullable(taken.poll())
                .ifPresent(over -> queue.finished(over.records().size(), over.bytes()));
    }

    @Test
    void isLinearizableOnRealThreads() {
        Interleavings.onThreads(getClass());
    }

    @Test
    void isLinearizableInEveryOrderOfSteps() {
        Interleavings.stepByStep(getClass(), 1);
    }
}
