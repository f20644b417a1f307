package io.bywash.benchmarks.subject;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a subject consumes.
 *
 * @param bootstrap the broker
 * @param topic the topic
 * @param group a group that nobody used before
 * @param client properties that the clients of all subjects get
 */
public record Workload(String bootstrap, String topic, String group, Map<String, String> client)
        implements Serializable {

    /**
     * The dead-letter topic, one for all groups and topics. By default each group has its own, and each run is a group: the broker would make as many new
     * partitions as the source has while records are counted, which outside of a benchmark happens once in a group's life.
     */
    static final String LETTERS = "letters";

    /** What Bywash sets by itself, so that nobody's client fetches more at once, reads less, or is assigned otherwise. */
    private static final Map<String, Object> LIKE_BYWASH = Map.of(
            "max.poll.records",
            3_000,
            "max.partition.fetch.bytes",
            4 << 20,
            "receive.buffer.bytes",
            -1,
            "isolation.level",
            "read_committed",
            "partition.assignment.strategy",
            "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");

    /**
     * Describes what to consume with nothing else set for all clients.
     *
     * @param bootstrap the broker
     * @param topic the topic
     * @param group a group that nobody used before
     */
    public Workload(String bootstrap, String topic, String group) {
        this(bootstrap, topic, group, Map.of());
    }

    /** Returns what every other subject gives its client, which is what Bywash gives its own; all else is Kafka's default. */
    Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(LIKE_BYWASH);
        properties.putAll(kafkaDefaults());
        return properties;
    }

    /** Returns what a consumer cannot do without here; all else is Kafka's default. */
    private Map<String, Object> kafkaDefaults() {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put("bootstrap.servers", bootstrap);
        properties.put("group.id", group);
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", "earliest");
        return properties;
    }

    /** Returns what Bywash gives its client: what all get, but for what it sees to itself. */
    Map<String, String> withoutGroup() {
        Map<String, String> properties = new HashMap<>(client);
        properties.put("bootstrap.servers", bootstrap);
        return properties;
    }

    KafkaConsumer<byte[], byte[]> newConsumer() {
        return newConsumer(properties());
    }

    KafkaConsumer<byte[], byte[]> newConsumerAsItComes() {
        return newConsumer(kafkaDefaults());
    }

    private static KafkaConsumer<byte[], byte[]> newConsumer(Map<String, Object> properties) {
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
