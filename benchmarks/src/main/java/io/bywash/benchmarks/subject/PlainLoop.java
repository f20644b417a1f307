package io.bywash.benchmarks.subject;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InterruptException;

/** The yardstick: one thread, the handler inline, a commit once a second. */
final class PlainLoop implements Subject {

    @Override
    public Stop start(Workload workload, Work work) {
        Loop loop = new Loop(workload, work);
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
        private final Work work;
        private volatile boolean running = true;

        Loop(Workload workload, Work work) {
            this.workload = workload;
            this.work = work;
        }

        @Override
        public void run() {
            try (KafkaConsumer<byte[], byte[]> consumer = workload.newConsumer()) {
                consumer.subscribe(List.of(workload.topic()));
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
