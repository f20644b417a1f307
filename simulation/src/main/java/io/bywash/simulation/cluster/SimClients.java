package io.bywash.simulation.cluster;

import io.bywash.core.clients.KafkaClients;
import io.bywash.core.clients.TopicAdmin;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;

/**
 * Creates the clients of one process.
 *
 * @param process the name of the process, for the trace and the observer
 * @param cluster what they are clients of
 */
public record SimClients(String process, SimCluster cluster) implements KafkaClients {

    @Override
    public Consumer<byte[], byte[]> consumer(Map<String, Object> properties, ClusterResourceListener named) {
        Optional<String> instance = Optional.ofNullable(properties.get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG))
                .map(Object::toString);
        named.onUpdate(new ClusterResource(SimCluster.ID));
        return new SimConsumer(process, cluster, AssignmentProtocol.of(properties), instance);
    }

    @Override
    public Producer<byte[], byte[]> producer(Map<String, Object> properties) {
        return new SimProducer(process, cluster);
    }

    @Override
    public TopicAdmin admin(Map<String, Object> properties) {
        return new SimAdmin(process, cluster);
    }
}
