package io.bywash.benchmarks.scale;

import com.sun.management.OperatingSystemMXBean;
import io.bywash.benchmarks.report.MarkdownTable;
import io.bywash.core.GroupConsumer;
import io.bywash.core.environment.Environment;
import io.bywash.core.settings.Ordering;
import io.bywash.handler.TopicHandler;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer with many partitions, all of which have had records. */
public final class Crowd {
    private static final String TOPIC = "crowd";
    private static final int RECORDS = 1_000_000;
    private static final int IDLE_SECONDS = 5;
    private static final int LANES = 64;

    private final int partitions;
    private final Ordering ordering;
    private final LongAdder handled = new LongAdder();

    /**
     * What was seen.
     *
     * @param perSecond records handled a second
     * @param threads platform threads of the whole process
     * @param bytesPerPartition heap in use for each partition when all are idle, the books of the made-up client included
     * @param idleCpu processors in use while nothing comes
     */
    private record Seen(double perSecond, int threads, double bytesPerPartition, double idleCpu) {}

    private Crowd(int partitions, Ordering ordering) {
        this.partitions = partitions;
        this.ordering = ordering;
    }

    /**
     * Measures.
     *
     * @param counts how many partitions
     * @return a table
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static String markdown(List<Integer> counts) throws InterruptedException {
        // Neither order is to pay for the compiler's work.
        for (Ordering ordering : List.of(Ordering.PARTITION, Ordering.key(LANES))) {
            new Crowd(counts.get(0), ordering).look();
        }
        MarkdownTable table = new MarkdownTable(List.of(
                "partitions, order", "records/s", "platform threads", "heap per partition", "processors when idle"));
        for (int count : counts) {
            for (Ordering ordering : List.of(Ordering.PARTITION, Ordering.key(LANES))) {
                Seen seen = new Crowd(count, ordering).look();
                table.row(List.of(
                        String.format(
                                Locale.ROOT,
                                "%,d, %s",
                                count,
                                ordering.equals(Ordering.PARTITION) ? "partition" : "key"),
                        String.format(Locale.ROOT, "%,.0f", seen.perSecond()),
                        Integer.toString(seen.threads()),
                        String.format(Locale.ROOT, "%,.0f B", seen.bytesPerPartition()),
                        String.format(Locale.ROOT, "%.3f", seen.idleCpu())));
            }
        }
        return table.toString();
    }

    private Seen look() throws InterruptedException {
        GeneratingConsumer client = new GeneratingConsumer(TOPIC, partitions);
        long heapBefore = heap();
        TopicHandler<byte[], byte[]> handler = (record, context) -> handled.increment();
        GroupConsumer consumer = GroupConsumer.builder()
                .group("crowd")
                .topics(TOPIC)
                .kafka(Map.of("bootstrap.servers", "localhost:1"))
                .environment(Environment.system().with(new ManyPartitionsClients(client)))
                .ordering(ordering)
                .handler(handler, ByteArrayDeserializer::new, ByteArrayDeserializer::new)
                .start();
        client.send(RECORDS);
        await(1);
        long begun = System.nanoTime();
        long first = handled.sum();
        await(RECORDS);
        double perSecond = (RECORDS - first) * 1e9 / (System.nanoTime() - begun);
        long cpu = cpuNanos();
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        double idle = (cpuNanos() - cpu) / 1e9 / IDLE_SECONDS;
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        double bytes = (double) (heap() - heapBefore) / partitions;
        consumer.close(Duration.ofSeconds(30));
        return new Seen(perSecond, threads, bytes, idle);
    }

    private void await(long records) throws InterruptedException {
        while (handled.sum() < records) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
