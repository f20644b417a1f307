package io.bywash.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Drains a topic with a handler that only counts, Bywash and the plain loop by turns, and prints records per second, bytes
 * allocated per record, and the ratios of the same round.
 *
 * <p>Arguments: {@code rounds records partitions value-bytes}, by default {@code 5 3000000 8 100}. One more round comes first and
 * does not count.
 */
public final class DrainBenchmark {
    private static final long ROUND_LIMIT_NANOS = Duration.ofMinutes(2).toNanos();

    private final int partitions;
    private final long records;
    private final int valueBytes;

    private DrainBenchmark(long records, int partitions, int valueBytes) {
        this.records = records;
        this.partitions = partitions;
        this.valueBytes = valueBytes;
    }

    /** What one subject did in one round. */
    private record Figure(double perSecond, double bytesPerRecord) {}

    /**
     * Runs the benchmark.
     *
     * @param arguments rounds, records, partitions, value bytes; each may be left out from the end
     * @throws Exception if the broker or a subject fails
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = argument(arguments, 0, 5);
        DrainBenchmark benchmark = new DrainBenchmark(
                argument(arguments, 1, 3_000_000), argument(arguments, 2, 8), argument(arguments, 3, 100));
        try (BrokerProcess broker = BrokerProcess.start()) {
            benchmark.run(broker.bootstrap(), rounds);
        }
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private void run(String bootstrap, int rounds) throws Exception {
        System.out.printf(
                "JDK %s, %d cores, %,d records of %d B from %d partitions%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                records,
                valueBytes,
                partitions);
        fill(bootstrap);
        List<Subject> subjects = List.of(new PlainLoop(), new BywashPartitions());
        Map<String, List<Figure>> figures = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            // The order changes with every round, so that neither always runs on the warmer machine.
            List<Subject> order = new ArrayList<>(subjects);
            java.util.Collections.rotate(order, round);
            for (Subject subject : order) {
                Figure figure = measure(bootstrap, subject, round);
                if (round > 0) {
                    figures.computeIfAbsent(subject.name(), name -> new ArrayList<>())
                            .add(figure);
                }
                System.out.printf(
                        "round %d  %-12s %,12.0f records/s  %8.1f B/record%n",
                        round, subject.name(), figure.perSecond, figure.bytesPerRecord);
            }
        }
        summarise(figures.getOrDefault("plain loop", List.of()), figures.getOrDefault("bywash", List.of()));
    }

    private Figure measure(String bootstrap, Subject subject, int round) throws Exception {
        System.gc();
        Counts counts = new Counts(partitions);
        Workload workload = new Workload(bootstrap, "drain", subject.name().replace(' ', '-') + "-" + round);
        Allocation allocation = new Allocation();
        Subject.Stop stop = subject.start(workload, counts);
        try {
            long nanos = counts.await(records, ROUND_LIMIT_NANOS);
            double bytes = (double) allocation.bytes() / records;
            return new Figure(records * 1e9 / nanos, bytes);
        } finally {
            stop.stop();
        }
    }

    private static void summarise(List<Figure> plain, List<Figure> bywash) {
        double[] speed = new double[plain.size()];
        double[] extra = new double[plain.size()];
        for (int i = 0; i < speed.length; i++) {
            speed[i] = bywash.get(i).perSecond / plain.get(i).perSecond;
            extra[i] = bywash.get(i).bytesPerRecord - plain.get(i).bytesPerRecord;
        }
        System.out.printf(
                "bywash / plain loop, median of %d rounds: %.2f (from %.2f to %.2f), allocated beyond it: %.1f B/record%n",
                speed.length, median(speed), min(speed), max(speed), median(extra));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    private void fill(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic("drain", partitions, (short) 1)))
                    .all()
                    .get();
        }
        SplittableRandom random = new SplittableRandom(1);
        byte[] value = new byte[valueBytes];
        random.nextBytes(value);
        Map<String, Object> properties =
                Map.of("bootstrap.servers", bootstrap, "linger.ms", 20, "batch.size", 1 << 16, "acks", "1");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long i = 0; i < records; i++) {
                byte[] key =
                        Long.toString(random.nextLong(100_000)).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                producer.send(new ProducerRecord<>("drain", (int) (i % partitions), key, value));
                if (i % 1_000_000 == 0 && i > 0) {
                    System.out.printf("filled %,d%n", i);
                }
            }
        }
    }
}
