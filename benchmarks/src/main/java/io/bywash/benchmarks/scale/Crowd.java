package io.bywash.benchmarks.scale;

import com.sun.management.OperatingSystemMXBean;
import io.bywash.benchmarks.report.Axis;
import io.bywash.benchmarks.report.BarChart;
import io.bywash.benchmarks.report.Exhibit;
import io.bywash.benchmarks.report.MarkdownTable;
import io.bywash.core.GroupConsumer;
import io.bywash.core.environment.Environment;
import io.bywash.core.settings.Ordering;
import io.bywash.handler.TopicHandler;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer with many partitions, all of which have had records. */
public final class Crowd {
    private static final String TOPIC = "crowd";
    private static final int RECORDS = 1_000_000;
    private static final int IDLE_SECONDS = 5;
    private static final List<Ordering> ORDERS = List.of(Ordering.PARTITION, Ordering.key(64));

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
     * Measures, and tells of each on standard output.
     *
     * @param counts how many partitions
     * @return what they cost in memory, and in threads
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static List<Exhibit> exhibits(List<Integer> counts) throws InterruptedException {
        // Neither order is to pay for the compiler's work.
        for (Ordering ordering : ORDERS) {
            new Crowd(counts.get(0), ordering).look();
        }
        Map<String, Seen> all = new LinkedHashMap<>();
        for (int count : counts) {
            for (Ordering ordering : ORDERS) {
                String label = text("%,d, %s", count, ordering.equals(Ordering.PARTITION) ? "partition" : "key");
                Seen seen = new Crowd(count, ordering).look();
                System.out.println(label + ": " + seen);
                all.put(label, seen);
            }
        }
        return List.of(memory(all), threads(all));
    }

    private static Exhibit memory(Map<String, Seen> all) {
        MarkdownTable table = new MarkdownTable(List.of("partitions, order", "records/s", "heap per partition"));
        all.forEach((label, seen) ->
                table.row(List.of(label, text("%,.0f", seen.perSecond()), text("%,.0f B", seen.bytesPerPartition()))));
        return exhibit(
                "partitions-memory", "Heap in use for each partition, bytes", table, all, Seen::bytesPerPartition);
    }

    private static Exhibit threads(Map<String, Seen> all) {
        MarkdownTable table =
                new MarkdownTable(List.of("partitions, order", "platform threads", "processors when idle"));
        all.forEach((label, seen) ->
                table.row(List.of(label, Integer.toString(seen.threads()), text("%.3f", seen.idleCpu()))));
        return exhibit("partitions-threads", "Platform threads of the whole process", table, all, Seen::threads);
    }

    private static Exhibit exhibit(
            String name, String title, MarkdownTable table, Map<String, Seen> all, ToDoubleFunction<Seen> figure) {
        List<BarChart.Group> bars = all.entrySet().stream()
                .map(entry -> new BarChart.Group(entry.getKey(), List.of(figure.applyAsDouble(entry.getValue()))))
                .toList();
        return new Exhibit(
                name, title, table, new BarChart(title, new Axis.Linear(), "%,.0f", List.of("partitions"), bars));
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
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
