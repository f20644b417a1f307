package io.bywash.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The yardstick: one thread, Kafka's defaults, the handler inline, a commit once a second. */
final class PlainLoop implements Subject {

    @Override
    public String name() {
        return "plain loop";
    }

    @Override
    public Stop start(Workload workload, Counts counts) {
        Loop loop = new Loop(workload, counts);
        Thread thread = new Thread(loop, "plain-loop");
        thread.start();
        return () -> {
            loop.running = false;
            thread.join();
        };
    }

    private static final class Loop implements Runnable {
        private static final long COMMIT_NANOS = Duration.ofSeconds(1).toNanos();

        private final Workload workload;
        private final Counts counts;
        private volatile boolean running = true;

        Loop(Workload workload, Counts counts) {
            this.workload = workload;
            this.counts = counts;
        }

        @Override
        public void run() {
            Map<String, Object> properties = Map.of(
                    "bootstrap.servers",
                    workload.bootstrap(),
                    "group.id",
                    workload.group(),
                    "enable.auto.commit",
                    false,
                    "auto.offset.reset",
                    "earliest");
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer.subscribe(List.of(workload.topic()));
                long committed = System.nanoTime();
                while (running) {
                    ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
                    for (ConsumerRecord<byte[], byte[]> record : records) {
                        counts.add(record.partition());
                    }
                    if (System.nanoTime() - committed > COMMIT_NANOS) {
                        consumer.commitAsync();
                        committed = System.nanoTime();
                    }
                }
                consumer.commitSync();
            }
        }
    }
}
