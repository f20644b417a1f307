package io.bywash.core.poll;

import io.bywash.core.session.CallInFlight;
import io.bywash.core.session.Origin;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.PartitionSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What one partition costs in a snapshot, of which the poll thread takes two per second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PartitionViewBenchmark {
    private static final int PARTITIONS = 10_000;

    private final AtItsEnd client = new AtItsEnd();
    private final List<PartitionView> views = new ArrayList<>();
    private final PartitionView.Look look = new PartitionView.Look(
            new Moment(0, Instant.EPOCH, Optional.empty(), Optional.empty(), Optional.empty()),
            List.of(),
            facts -> new Condition.Idle(),
            "handler");
    private long position;

    /** Creates sessions of partitions that nothing was read of. */
    public PartitionViewBenchmark() {
        for (int i = 0; i < PARTITIONS; i++) {
            PartitionSession session =
                    new PartitionSession(new TopicPartition("orders", i), i, Origin.fresh(0, Instant.EPOCH), 1_000);
            session.takenBy(new Nobody());
            views.add(new PartitionView(session));
        }
    }

    /** Looks at partitions of which nothing has changed. */
    @Benchmark
    @OperationsPerInvocation(PARTITIONS)
    public void idle(Blackhole sink) {
        views.forEach(view -> sink.consume(looked(view)));
    }

    /** Looks at partitions that have all moved on. */
    @Benchmark
    @OperationsPerInvocation(PARTITIONS)
    public void moving(Blackhole sink) {
        position++;
        for (PartitionView view : views) {
            view.session().ledger().advanced(position, Optional.empty());
            sink.consume(looked(view));
        }
    }

    private PartitionSnapshot looked(PartitionView view) {
        view.ask(client);
        return view.take(look);
    }

    /** A client that has read everything. */
    private static final class AtItsEnd extends MockConsumer<byte[], byte[]> {
        AtItsEnd() {
            super("none");
        }

        @Override
        public synchronized OptionalLong currentLag(TopicPartition partition) {
            return OptionalLong.of(0);
        }
    }

    /** Takes nothing. */
    private static final class Nobody implements RecordTaker {
        @Override
        public void start() {}

        @Override
        public void signal() {}

        @Override
        public boolean isQuiet() {
            return true;
        }

        @Override
        public void interrupt() {}

        @Override
        public List<CallInFlight> calls() {
            return List.of();
        }
    }
}
