package io.bywash.benchmarks.subject;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What one writes by hand to make use of several cores: the poll loop gives the records of each partition to a thread of its own, pauses
 * partitions that lag behind, and commits once a second what they have done. It knows nothing of failures and rebalances.
 */
final class ThreadPerPartition implements Subject {

    @Override
    public Stop start(Workload workload, Work work) {
        Loop loop = new Loop(workload, work);
        Thread thread = new Thread(loop, "thread-per-partition");
        thread.start();
        return () -> {
            loop.running = false;
            thread.join();
        };
    }

    private static final class Loop implements Runnable {
        private static final long COMMIT_NANOS = Duration.ofSeconds(1).toNanos();
        private static final Duration POLL = Duration.ofMillis(100);
        private static final Duration POLL_WHILE_PAUSED = Duration.ofMillis(1);

        private final Workload workload;
        private final Work work;
        private final Map<TopicPartition, PartitionThread> threads = new HashMap<>();
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
                    deal(consumer);
                    if (System.nanoTime() - committed > COMMIT_NANOS) {
                        consumer.commitAsync(done(), null);
                        committed = System.nanoTime();
                    }
                }
                threads.values().forEach(PartitionThread::stop);
                for (PartitionThread thread : threads.values()) {
                    thread.join();
                }
                consumer.commitSync(done());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void deal(KafkaConsumer<byte[], byte[]> consumer) {
            ConsumerRecords<byte[], byte[]> records =
                    consumer.poll(consumer.paused().isEmpty() ? POLL : POLL_WHILE_PAUSED);
            for (TopicPartition partition : records.partitions()) {
                List<ConsumerRecord<byte[], byte[]>> batch = records.records(partition);
                PartitionThread thread = threads.computeIfAbsent(partition, ignored -> new PartitionThread(work));
                thread.add(batch);
                if (thread.isFull()) {
                    consumer.pause(List.of(partition));
                }
            }
            List<TopicPartition> free = consumer.paused().stream()
                    .filter(partition ->
                            !Objects.requireNonNull(threads.get(partition)).isFull())
                    .toList();
            consumer.resume(free);
        }

        private Map<TopicPartition, OffsetAndMetadata> done() {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            threads.forEach((partition, thread) ->
                    thread.next().ifPresent(next -> offsets.put(partition, new OffsetAndMetadata(next))));
            return offsets;
        }
    }
}
