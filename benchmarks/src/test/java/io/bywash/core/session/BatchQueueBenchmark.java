package io.bywash.core.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The hand-over of a batch from the poll thread to the one that takes it. */
@State(Scope.Group)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BatchQueueBenchmark {
    private static final int RECORDS = 500;
    private static final int BOUND = 20 * RECORDS;

    private final BatchQueue queue = new BatchQueue(BOUND);
    private final Batch batch = batch();

    private static Batch batch() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            records.add(new ConsumerRecord<>("topic", 0, i, new byte[8], new byte[100]));
        }
        return Batch.of(records);
    }

    /** Offers and takes in turns on one thread. */
    @Benchmark
    @Group("oneThread")
    public void offerAndTake() {
        queue.offer(batch);
        take();
    }

    /** Offers from one thread while the other takes, as long as there is room. */
    @Benchmark
    @Group("twoThreads")
    public void offer() {
        if (queue.waitingRecords() < BOUND) {
            queue.offer(batch);
        }
    }

    /** Takes what the other thread offers. */
    @Benchmark
    @Group("twoThreads")
    public void take() {
        queue.poll().ifPresent(taken -> queue.finished(RECORDS, taken.bytes()));
    }
}
