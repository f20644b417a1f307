package io.bywash.benchmarks.subject;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InterruptException;

/** The yardstick: one thread, the handler inline, a commit once a second. */
final class PlainLoop implements Subject {
    private final Function<Workload, KafkaConsumer<byte[], byte[]>> client;

    /**
     * Creates the loop.
     *
     * @param client makes the consumer it polls
     */
    PlainLoop(Function<Workload, KafkaConsumer<byte[], byte[]>> client) {
        this.client = client;
    }

    @Override
    public Stop start(Workload workload, Work work) {
        Loop loop = new Loop(() -> client.apply(workload), workload.topic(), work);
        Thread thread = new Thread(loop, "plain-loop");
        thread.start();
        return () -> {
            loop.running = false;
            thread.join();
        };
    }

    private static final class Loop implements Runnable {
        private static final long COMMIT_NANOS = Duration.ofSeconds(1).toNanos();

        private final Supplier<KafkaConsumer<byte[], byte[]>> client;
        private final String topic;
        private final Work work;
        private volatile boolean running = true;

        Loop(Supplier<KafkaConsumer<byte[], byte[]>> client, String topic, Work work) {
            this.client = client;
            this.topic = topic;
            this.work = work;
        }

        @Override
        public void run() {
            try (KafkaConsumer<byte[], byte[]> consumer = client.get()) {
                consumer.subscribe(List.of(topic));
                long committed = System.nanoTime();
                while (running) {
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                        work.handle(record);
                        if (!running) {
                            // What the poll brought after this is not handled, so nothing more may be committed.
                            return;
                        }
                    }
                    if (System.nanoTime() - committed > COMMIT_NANOS) {
                        consumer.commitAsync();
                        committed = System.nanoTime();
                    }
                }
                consumer.commitSync();
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }
}
