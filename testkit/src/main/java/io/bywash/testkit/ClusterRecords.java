package io.bywash.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** Writes and reads records as the user who may do everything. Any thread. */
final class ClusterRecords implements AutoCloseable {

    /** What turns bytes into the keys and values of one reading. */
    record Deserializers<K, V>(Deserializer<K> keys, Deserializer<V> values) {}

    private final Map<String, Object> properties;
    private final Duration timeout;
    private final KafkaProducer<byte[], byte[]> producer;

    /** {@code properties} suit any client of the cluster. */
    ClusterRecords(Map<String, Object> properties, Duration timeout) {
        this.properties = properties;
        this.timeout = timeout;
        int millis = Math.toIntExact(timeout.toMillis());
        Map<String, Object> forProducer = new HashMap<>(properties);
        forProducer.put("max.block.ms", (long) millis);
        forProducer.put("delivery.timeout.ms", millis);
        forProducer.put("request.timeout.ms", Math.max(1, millis / 2));
        forProducer.put("linger.ms", 0);
        this.producer = new KafkaProducer<>(forProducer, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Returns when all are acknowledged, with their places in the order given. */
    <K, V> List<RecordMetadata> produce(
            Collection<ProducerRecord<K, V>> records, Serializer<K> keys, Serializer<V> values) {
        Deadline deadline = Deadline.after(timeout);
        List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
        for (ProducerRecord<K, V> record : records) {
            Future<RecordMetadata> one = producer.send(bytes(record, keys, values));
            if (one.isDone()) {
                // It was refused without being sent, perhaps after a long wait, and so would be those after it.
                deadline.get(one, producing(record, sent.size(), records.size()));
            }
            sent.add(one);
        }
        List<RecordMetadata> places = new ArrayList<>(records.size());
        for (ProducerRecord<K, V> record : records) {
            String what = producing(record, places.size(), records.size());
            places.add(deadline.get(sent.get(places.size()), what));
        }
        return places;
    }

    private static String producing(ProducerRecord<?, ?> record, int index, int count) {
        return "Producing record " + (index + 1) + " of " + count + " to topic '" + record.topic() + "'";
    }

    private static <K, V> ProducerRecord<byte[], byte[]> bytes(
            ProducerRecord<K, V> record, Serializer<K> keys, Serializer<V> values) {
        String topic = record.topic();
        return new ProducerRecord<>(
                topic,
                record.partition(),
                record.timestamp(),
                keys.serialize(topic, record.headers(), record.key()),
                values.serialize(topic, record.headers(), record.value()),
                record.headers());
    }

    /** Everything committed in {@code partitions} from the beginning, up to the end that they have now. */
    <K, V> List<ConsumerRecord<K, V>> read(Collection<TopicPartition> partitions, Deserializers<K, V> deserializers) {
        Deadline deadline = Deadline.after(timeout);
        try (KafkaConsumer<K, V> consumer = consumer(deserializers)) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, deadline.remaining());
            List<ConsumerRecord<K, V>> read = new ArrayList<>();
            while (!ends.entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey(), deadline.remaining()) >= end.getValue())) {
                if (deadline.passed()) {
                    throw new EmbeddedKafkaException("Read " + read.size() + " records of " + partitions
                            + " but did not reach the ends " + ends + " within " + deadline.seconds() + ".");
                }
                consumer.poll(deadline.remaining()).forEach(read::add);
            }
            return read;
        }
    }

    /** At least {@code count} records of {@code partitions} from the beginning, as soon as there are as many. */
    <K, V> List<ConsumerRecord<K, V>> await(
            Collection<TopicPartition> partitions, int count, Deserializers<K, V> deserializers) {
        Deadline deadline = Deadline.after(timeout);
        try (KafkaConsumer<K, V> consumer = consumer(deserializers)) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<K, V>> read = new ArrayList<>();
            while (read.size() < count) {
                if (deadline.passed()) {
                    throw new EmbeddedKafkaException("Only " + read.size() + " of the " + count
                            + " records awaited are in " + partitions + " after " + deadline.seconds() + ".");
                }
                consumer.poll(deadline.remaining()).forEach(read::add);
            }
            return read;
        }
    }

    private <K, V> KafkaConsumer<K, V> consumer(Deserializers<K, V> deserializers) {
        Map<String, Object> forConsumer = new HashMap<>(properties);
        forConsumer.put("isolation.level", "read_committed");
        forConsumer.put("auto.offset.reset", "earliest");
        forConsumer.put("enable.auto.commit", false);
        return new KafkaConsumer<>(forConsumer, deserializers.keys(), deserializers.values());
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
