package io.bywash.core.commit;

import io.bywash.core.ledger.DoneRanges;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Writing and reading what is complete beyond the committed offset, once per partition and commit. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RangeCodecBenchmark {
    private static final long COMMITTED = 1_000_000_000;
    private static final int AMPLE = 1_000_000;

    /** How many ranges there are. */
    @Param({"10", "1000"})
    public int ranges;

    private DoneRanges done;
    private String text;

    /** Makes ranges of three records with two between them. */
    @Setup
    public void makeRanges() {
        long[] bounds = new long[2 * ranges];
        for (int i = 0; i < ranges; i++) {
            bounds[2 * i] = COMMITTED + 5L * i + 1;
            bounds[2 * i + 1] = bounds[2 * i] + 3;
        }
        done = DoneRanges.of(bounds, 7);
        text = RangeCodec.encode(COMMITTED, done, AMPLE);
    }

    /** Writes all of them. */
    @Benchmark
    public String encode() {
        return RangeCodec.encode(COMMITTED, done, AMPLE);
    }

    /** Reads all of them. */
    @Benchmark
    public DoneRanges decode() {
        return RangeCodec.decode(COMMITTED, text);
    }
}
