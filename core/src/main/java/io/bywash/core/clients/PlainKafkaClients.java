package io.bywash.core.clients;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The clients of kafka-clients. */
public final class PlainKafkaClients implements KafkaClients {

    @Override
    public Consumer<byte[], byte[]> consumer(Map<String, Object> properties, ClusterResourceListener cluster) {
        return new KafkaConsumer<>(properties, new UndecodedKeys(cluster), new ByteArrayDeserializer());
    }

    /** A consumer tells its cluster to nobody but its deserialisers and the like. */
    private static final class UndecodedKeys extends ByteArrayDeserializer implements ClusterResourceListener {
        private final ClusterResourceListener cluster;

        UndecodedKeys(ClusterResourceListener cluster) {
            this.cluster = cluster;
        }

        @Override
        public void onUpdate(ClusterResource resource) {
            cluster.onUpdate(resource);
        }
    }

    @Override
    public Producer<byte[], byte[]> producer(Map<String, Object> properties) {
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public TopicAdmin admin(Map<String, Object> properties) {
        return new PlainTopicAdmin(Admin.create(properties));
    }
}
