package io.bywash.benchmarks.subject;

import java.io.Serializable;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a subject consumes.
 *
 * @param bootstrap the broker
 * @param topic the topic
 * @param group a group that nobody used before
 */
public record Workload(String bootstrap, String topic, String group) implements Serializable {

    /** Returns what every subject gives its client; all else is Kafka's default. */
    Map<String, Object> properties() {
        return Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                group,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest");
    }

    KafkaConsumer<byte[], byte[]> newConsumer() {
        return new KafkaConsumer<>(properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
