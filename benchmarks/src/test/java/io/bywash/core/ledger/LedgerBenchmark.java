package io.bywash.core.ledger;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Saying that a record is complete, and reading how far that goes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LedgerBenchmark {
    private static final long END = Long.MAX_VALUE / 2;

    private Ledger ledger;
    private long offset;

    /** Begins with a long way to go. */
    @Setup(Level.Iteration)
    public void begin() {
        ledger = new Ledger(0, Optional.empty(), DoneRanges.NONE);
        ledger.delivered(
                List.of(new ConsumerRecord<>("topic", 0, END, new byte[0], new byte[0])), END + 1, Optional.empty());
        offset = 0;
    }

    /** Completes a record. */
    @Benchmark
    public void complete() {
        ledger.complete(offset++);
    }

    /** Completes a record and reads the frontier as a commit does. */
    @Benchmark
    public Frontier completeAndReadFrontier() {
        ledger.complete(offset++);
        return ledger.frontier();
    }
}
