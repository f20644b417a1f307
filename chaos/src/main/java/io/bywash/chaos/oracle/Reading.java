package io.bywash.chaos.oracle;

import io.bywash.chaos.process.Patience;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A last read of a topic, from the beginning to its end. */
final class Reading {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** Of records of 1 MB no more than fit into a small heap. */
    private static final int AT_ONCE = 100;

    private static final Duration POLL = Duration.ofMillis(200);

    private Reading() {}

    /**
     * Hands all records of a topic to a consumer, and returns where each partition begins. That one of them cannot be read is a finding,
     * and no reason to pass over those that follow.
     */
    static Map<Integer, Long> all(
            String bootstrap, String topic, Findings findings, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                bootstrap,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "max.poll.records",
                AT_ONCE);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Patience.await(
                    LIMIT,
                    () -> {
                        consumer.poll(POLL).forEach(record -> take(record, findings, each));
                        return ends.entrySet().stream()
                                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
                    },
                    () -> "the end of topic " + topic);
            Map<Integer, Long> begins = new HashMap<>();
            consumer.beginningOffsets(partitions)
                    .forEach((partition, begin) -> begins.put(partition.partition(), Objects.requireNonNull(begin)));
            return begins;
        }
    }

    /** What is thrown from here would count as not yet, and the rest of a poll would be gone. */
    private static void take(
            ConsumerRecord<byte[], byte[]> record, Findings findings, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try {
            each.accept(record);
        } catch (RuntimeException e) {
            findings.add(
                    "a record that cannot be read",
                    record.topic() + "-" + record.partition() + "@" + record.offset() + ": " + e);
        }
    }
}
