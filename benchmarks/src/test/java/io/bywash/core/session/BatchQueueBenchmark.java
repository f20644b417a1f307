package io.bywash.core.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Control;

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

    /** Offers from one thread while the other takes; waits for room, so that every operation is a batch. */
    @Benchmark
    @Group("twoThreads")
    public void offer(Control control) {
        while (queue.waitingRecords() >= BOUND && !control.stopMeasurement) {
            Thread.onSpinWait();
        }
        queue.offer(batch);
    }

    /** Takes what the other thread offers, and waits for it. */
    @Benchmark
    @Group("twoThreads")
    public void take(Control control) {
        while (!take() && !control.stopMeasurement) {
            Thread.onSpinWait();
        }
    }

    private boolean take() {
        Optional<Batch> taken = queue.poll();
        taken.ifPresent(batch -> queue.finished(RECORDS, batch.bytes()));
        return taken.isPresent();
    }
}
