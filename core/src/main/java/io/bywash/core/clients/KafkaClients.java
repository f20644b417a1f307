package io.bywash.core.clients;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.ClusterResourceListener;

/** Creates the clients of one consumer. */
public interface KafkaClients {

    /**
     * Creates a consumer of undecoded records.
     *
     * @param properties its properties, deserialisers apart
     * @param cluster is told which cluster it reads from, before it has any partition, and when that changes; on a thread of the client
     * @return a consumer that the caller owns
     */
    Consumer<byte[], byte[]> consumer(Map<String, Object> properties, ClusterResourceListener cluster);

    /**
     * Creates a producer of encoded records.
     *
     * @param properties its properties, serialisers apart
     * @return a producer that the caller owns
     */
    Producer<byte[], byte[]> producer(Map<String, Object> properties);

    /**
     * Creates a client for questions about topics.
     *
     * @param properties its properties
     * @return a client that the caller owns
     */
    TopicAdmin admin(Map<String, Object> properties);
}
