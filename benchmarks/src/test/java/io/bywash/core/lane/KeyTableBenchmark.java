package io.bywash.core.lane;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A record under its key and off again, while so many keys have one under way. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KeyTableBenchmark {
    private static final int ITEMS = 10_000;

    /** How many keys there are. */
    @Param({"16", "1000", "10000"})
    public int keys;

    private final Item[] items = new Item[ITEMS];
    private final KeyTable table = new KeyTable(1);

    /** Makes the records. */
    @Setup
    public void makeItems() {
        for (int i = 0; i < ITEMS; i++) {
            byte[] key = Integer.toString(i % keys).getBytes(StandardCharsets.US_ASCII);
            items[i] = new Item(null, new ConsumerRecord<>("topic", 0, i, key, new byte[0]), 1);
        }
    }

    /** Enters all and lets them leave in the same order, so that each is the first of its key by then. */
    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void enterAndLeave() {
        for (Item item : items) {
            table.enter(item, item.record.key());
        }
        for (Item item : items) {
            table.leave(item);
        }
    }
}
