package io.bywash.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.internals.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one broker does for a test. */
class EmbeddedKafkaTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private final EmbeddedKafka kafka = KAFKA.cluster();
    private final String topic = kafka.createUniqueTopic("orders", 2);

    @Test
    void readsEverythingFromTheBeginningInOrder() {
        List<ProducerRecord<String, String>> records = IntStream.range(0, 1_000)
                .mapToObj(i -> new ProducerRecord<>(topic, i % 2, "key", Integer.toString(i)))
                .toList();

        List<RecordMetadata> places = kafka.produce(records, new StringSerializer(), new StringSerializer());

        assertEquals(1, places.get(999).partition());
        assertEquals(499, places.get(999).offset());
        List<ConsumerRecord<String, String>> read =
                kafka.read(topic, new StringDeserializer(), new StringDeserializer());
        assertEquals(1_000, read.size());
        assertEquals(evenNumbers(), valuesOf(read, 0));
        assertEquals(
                Map.of(new TopicPartition(topic, 0), 500L, new TopicPartition(topic, 1), 500L),
                kafka.endOffsets(topic));
    }

    private static List<String> evenNumbers() {
        return IntStream.range(0, 500).mapToObj(i -> Integer.toString(2 * i)).toList();
    }

    private static List<String> valuesOf(List<ConsumerRecord<String, String>> records, int partition) {
        return records.stream()
                .filter(record -> record.partition() == partition)
                .map(ConsumerRecord::value)
                .toList();
    }

    @Test
    void keepsBytesHeadersAndNullsAsTheyAre() {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, 42L, null, new byte[] {0, -1});
        record.headers().add("trace", "a".getBytes(StandardCharsets.UTF_8));
        ByteArraySerializer bytes = new ByteArraySerializer();
        kafka.produce(List.of(record), bytes, bytes);
        kafka.produce(topic, "tombstone", null);

        ConsumerRecord<byte[], byte[]> first = kafka.read(topic).stream()
                .filter(one -> one.key() == null)
                .findFirst()
                .orElseThrow();
        assertArrayEquals(new byte[] {0, -1}, first.value());
        assertEquals(42L, first.timestamp());
        assertArrayEquals(
                "a".getBytes(StandardCharsets.UTF_8),
                first.headers().lastHeader("trace").value());
        assertEquals(
                1, kafka.read(topic).stream().filter(one -> one.value() == null).count());
    }

    @Test
    void readsAnEmptyTopic() {
        assertEquals(List.of(), kafka.read(topic));
    }

    @Test
    void waitsForRecordsThatAreNotWrittenYet() {
        kafka.produce(topic, "key", "first");
        CompletableFuture<List<ConsumerRecord<byte[], byte[]>>> waiting =
                CompletableFuture.supplyAsync(() -> kafka.awaitRecords(topic, 2));

        kafka.produce(topic, "key", "second");

        assertEquals(2, waiting.orTimeout(60, TimeUnit.SECONDS).join().size());
    }

    @Test
    void namesTheTopicThatDoesNotExist() {
        EmbeddedKafkaException e = assertThrows(EmbeddedKafkaException.class, () -> kafka.read("no-such-topic"));

        assertEquals("Topic 'no-such-topic' does not exist. Create it first.", e.getMessage());
    }

    @Test
    void namesTheTopicThatExistsAlready() {
        EmbeddedKafkaException e = assertThrows(EmbeddedKafkaException.class, () -> kafka.createTopic(topic, 2));

        assertEquals("Creating topic '" + topic + "' failed: Topic '" + topic + "' already exists.", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void tellsWhatAGroupHasCommitted(String protocol) {
        kafka.produce(topic, "key", "value");
        String group = UniqueName.of("billing");
        assertEquals(Map.of(), kafka.committedOffsets(group));

        try (KafkaConsumer<String, String> consumer = consumer(group, protocol)) {
            consumer.subscribe(List.of(topic));
            Deadline deadline = Deadline.after(LONG);
            deadline.await(() -> consumer.poll(Duration.ofMillis(50)).count() == 1, () -> "No record arrived");
            consumer.commitSync();
        }

        Map<TopicPartition, OffsetAndMetadata> committed = kafka.committedOffsets(group);
        assertEquals(
                1,
                committed.values().stream().mapToLong(OffsetAndMetadata::offset).sum());
    }

    private KafkaConsumer<String, String> consumer(String group, String protocol) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", kafka.bootstrapServers());
        properties.put("group.id", group);
        properties.put("group.protocol", protocol);
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", false);
        return new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
    }

    @Test
    void leavesOutWhatATransactionTookBack() {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", UniqueName.of("transaction"));
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, "key", "kept"));
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, "key", "taken back"));
            producer.flush();
            producer.abortTransaction();
        }

        List<ConsumerRecord<String, String>> read =
                kafka.read(topic, new StringDeserializer(), new StringDeserializer());
        assertEquals(List.of("kept"), valuesOf(read, 0));
        assertEquals(4L, kafka.endOffsets(topic).get(new TopicPartition(topic, 0)));
    }

    @Test
    void namesTheListenerThatDoesNotExist() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> kafka.bootstrapServers("TLS"));

        assertEquals("There is no listener TLS; this cluster has [CLIENT (PLAINTEXT)].", e.getMessage());
    }

    @Test
    void refusesAccessControlEntriesWhenItIsOff() {
        EmbeddedKafkaException e =
                assertThrows(EmbeddedKafkaException.class, () -> kafka.addAcls(SecurityTest.mayRead("alice", topic)));

        assertTrue(e.getMessage().contains("No Authorizer is configured."), e.getMessage());
    }

    @Test
    void givesEveryTestANameOfItsOwn() {
        assertNotEquals(UniqueName.of("orders"), UniqueName.of("orders"));
        assertTrue(topic.startsWith("orders-"), topic);
    }

    @Test
    void runsBesideAnotherClusterOfTheSameJvm() {
        try (EmbeddedKafka other = EmbeddedKafka.builder().start()) {
            other.createTopic(topic, 1);
            other.produce(topic, "key", "elsewhere");

            assertEquals(1, other.read(topic).size());
            assertEquals(0, kafka.read(topic).size());
            assertNotEquals(kafka.bootstrapServers(), other.bootstrapServers());
        }
        assertEquals(0, kafka.read(topic).size());
    }

    @Test
    void keepsTheJvmWhenABrokerAsksToEndIt() {
        EmbeddedKafkaException e = assertThrows(EmbeddedKafkaException.class, () -> Exit.halt(1, "all disks failed"));

        assertEquals(
                "An embedded broker failed and asked to end the JVM with status 1: all disks failed", e.getMessage());
        assertNull(e.getCause());
    }
}
