package io.bywash.benchmarks.scale;

import io.bywash.core.clients.KafkaClients;
import io.bywash.core.clients.LetterTopic;
import io.bywash.core.clients.TopicAdmin;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Clients of a broker that does not exist, with as many partitions as are wanted.
 *
 * @param consumer the one consumer
 */
record ManyPartitionsClients(GeneratingConsumer consumer) implements KafkaClients, TopicAdmin {
    @Override
    public Consumer<byte[], byte[]> consumer(Map<String, Object> properties, ClusterResourceListener cluster) {
        return consumer;
    }

    @Override
    public Producer<byte[], byte[]> producer(Map<String, Object> properties) {
        return new MockProducer<>();
    }

    @Override
    public TopicAdmin admin(Map<String, Object> properties) {
        return this;
    }

    @Override
    public Map<String, Topic> topics(Collection<String> topics, Duration timeout) {
        return topics.stream()
                .collect(Collectors.toMap(
                        Function.identity(), topic -> new Topic(consumer.partitions(), Optional.empty())));
    }

    @Override
    public void create(LetterTopic wanted, Duration timeout) {
        // Nothing is written anywhere.
    }

    @Override
    public boolean mayWrite(String topic, Duration timeout) {
        return true;
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(
            Collection<TopicPartition> partitions, IsolationLevel isolation, Duration timeout) {
        return partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> 0L));
    }

    @Override
    public void close() {
        // There is no connection.
    }
}
