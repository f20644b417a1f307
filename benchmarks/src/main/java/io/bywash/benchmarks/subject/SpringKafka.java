package io.bywash.benchmarks.subject;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.MessageListener;

/** Spring's listener container: several consumers, each with its handler inline. */
final class SpringKafka implements Subject {
    private final AckMode acknowledgement;
    private final int consumers;

    SpringKafka(AckMode acknowledgement, int consumers) {
        this.acknowledgement = acknowledgement;
        this.consumers = consumers;
    }

    @Override
    public Stop start(Workload workload, Work work) {
        MessageListener<byte[], byte[]> listener = work::handleUnchecked;
        ContainerProperties properties = new ContainerProperties(workload.topic());
        properties.setMessageListener(listener);
        properties.setAckMode(acknowledgement);
        properties.setStopImmediate(true);
        ConcurrentMessageListenerContainer<byte[], byte[]> container = new ConcurrentMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(
                        workload.properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                properties);
        container.setConcurrency(consumers);
        container.start();
        return container::stop;
    }
}
