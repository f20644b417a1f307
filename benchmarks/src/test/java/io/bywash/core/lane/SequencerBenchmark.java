package io.bywash.core.lane;

import io.bywash.core.session.Batch;
import io.bywash.core.session.Origin;
import io.bywash.core.session.PartitionSession;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a lane costs per record beside the call: hand one back, get another, by one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SequencerBenchmark {
    private static final int RECORDS = 1_000;

    /** Whether the order of the keys is kept. */
    @Param
    public Ordered ordered;

    private final PartitionSession session =
            new PartitionSession(new TopicPartition("topic", 0), 1, Origin.fresh(0, Instant.EPOCH), 2 * RECORDS);
    private Sequencer sequencer;
    private Batch batch;

    /** The orderings. */
    public enum Ordered {
        /** By key. */
        KEY {
            @Override
            KeyOrder order() {
                return new KeyOrder.ByKey(1);
            }
        },

        /** Not at all. */
        NONE {
            @Override
            KeyOrder order() {
                return new KeyOrder.Free();
            }
        };

        abstract KeyOrder order();
    }

    /** Makes the records, which are handed over again and again. */
    @Setup
    public void makeRecords() {
        sequencer = new Sequencer(
                null, session, new Sequencer.Order(ordered.order(), new Supply.Singles()), new NoFailures());
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            byte[] key = Integer.toString(i % 100).getBytes(StandardCharsets.US_ASCII);
            records.add(new ConsumerRecord<>("topic", 0, i, key, new byte[100]));
        }
        batch = Batch.of(records);
    }

    /** Goes through a batch as a lane does. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void exchange() {
        session.queue().offer(batch);
        sequencer.batchCame();
        Item item = sequencer.exchange(null);
        while (item != null) {
            item.result = Result.HANDLED;
            item = sequencer.exchange(item);
        }
    }

    private static final class NoFailures implements Sequencer.Failures {
        @Override
        public boolean isDecided(Item item) {
            return false;
        }

        @Override
        public void take(Item item) {
            throw new IllegalStateException("no record of the benchmark fails, but " + item.record.offset() + " did");
        }

        @Override
        public void lookAgain() {
            // The session stays open, so there is nothing to wait for.
        }
    }
}
