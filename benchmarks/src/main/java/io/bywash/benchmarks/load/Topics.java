package io.bywash.benchmarks.load;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;

/**
 * Creates topics and fills them.
 *
 * @param bootstrap the broker
 */
public record Topics(String bootstrap) {
    private static final int LINGER_MILLIS = 20;

    /**
     * How a content is spread.
     *
     * @param largestPartition how many records the largest partition holds
     * @param largestKey how many records the most frequent key has
     */
    public record Spread(long largestPartition, int largestKey) {}

    /**
     * Creates an empty topic and waits until every partition has a leader that answers: a producer that meets one too early may have
     * to begin anew for it.
     *
     * @param topic its name
     * @param partitions how many partitions
     * @throws ExecutionException if the broker refuses
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void create(String topic, int partitions) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        }
        ends(topic, partitions);
    }

    /**
     * Creates a topic with all its records.
     *
     * @param topic its name
     * @param content the records
     * @return how they are spread
     * @throws ExecutionException if the broker refuses
     * @throws InterruptedException if the calling thread is interrupted
     * @throws IllegalStateException if a record was lost
     */
    public Spread fill(String topic, Content content) throws ExecutionException, InterruptedException {
        create(topic, content.partitions());
        RecordSource source = new RecordSource(topic, content);
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = RecordSource.producer(bootstrap, LINGER_MILLIS)) {
            while (source.hasNext()) {
                producer.send(source.next(0), (metadata, thrown) -> {
                    if (thrown != null) {
                        failure.compareAndSet(null, thrown);
                    }
                });
            }
        }
        Collection<Long> ends = ends(topic, content.partitions());
        long arrived = ends.stream().mapToLong(Long::longValue).sum();
        if (arrived != content.records()) {
            throw new IllegalStateException(
                    "topic " + topic + " holds " + arrived + " of " + content.records() + " records", failure.get());
        }
        return new Spread(ends.stream().mapToLong(Long::longValue).max().orElse(0), source.largestKey());
    }

    private Collection<Long> ends(String topic, int partitions) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            Map<TopicPartition, OffsetSpec> wanted = IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            return admin.listOffsets(wanted).all().get().values().stream()
                    .map(ListOffsetsResultInfo::offset)
                    .toList();
        }
    }
}
