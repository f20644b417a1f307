package io.bywash.core.failure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.handler.NonRetriableException;
import io.bywash.handler.TopicHandler;
import io.bywash.testkit.UniqueName;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeadLetterTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static final int MIB = 1 << 20;
    private static final ByteArraySerializer BYTES = new ByteArraySerializer();
    private static final TopicHandler<byte[], byte[]> REFUSING = (record, context) -> {
        throw new NonRetriableException("cannot take this");
    };

    private final List<TestGroup> groups = new ArrayList<>();

    @AfterEach
    void closeGroups() {
        groups.forEach(TestGroup::close);
    }

    @Test
    void aLetterIsTheRecordByteForByte() {
        TestGroup group = group(3);
        byte[] key = {(byte) 0xff, 0, (byte) 0x80};
        byte[] value = {(byte) 0xc3, 0x28, 0, 1};
        List<Header> headers = List.of(
                new RecordHeader("trace", new byte[] {0, (byte) 0xfe}),
                new RecordHeader("trace", "again".getBytes(UTF_8)),
                new RecordHeader("empty", (byte[]) null));
        send(new ProducerRecord<>(group.topic(), 2, 1_234_567L, key, value, headers));
        start(group, REFUSING);

        ConsumerRecord<byte[], byte[]> letter = group.awaitDeadLetters(1).get(0);
        assertArrayEquals(key, letter.key());
        assertArrayEquals(value, letter.value());
        assertEquals(2, letter.partition());
        assertEquals(1_234_567L, letter.timestamp());
        assertEquals(
                headers,
                StreamSupport.stream(letter.headers().spliterator(), false)
                        .filter(header -> !header.key().startsWith("bywash-"))
                        .toList());
        assertEquals(3, KAFKA.cluster().endOffsets(group.deadLetterTopic()).size());
    }

    @Test
    void headersTellWhereTheRecordCameFromAndWhatHappened() {
        TestGroup group = group(2);
        send(new ProducerRecord<>(group.topic(), 1, 42L, null, "value".getBytes(UTF_8)));
        start(group, new Refusing());

        Map<String, String> own = ownHeaders(group.awaitDeadLetters(1).get(0));
        assertTrue(own.remove("bywash-exception-stack").contains("at " + Refusing.class.getName() + ".handle("));
        assertEquals(
                Map.of(
                        "bywash-source-topic", group.topic(),
                        "bywash-source-partition", "1",
                        "bywash-source-offset", "0",
                        "bywash-source-timestamp", "42",
                        "bywash-group", group.group(),
                        "bywash-handler", "refusing",
                        "bywash-attempts", "1",
                        "bywash-exception-class", NonRetriableException.class.getName(),
                        "bywash-exception-message", "no such customer"),
                own);
    }

    private static final class Refusing implements TopicHandler<byte[], byte[]> {
        @Override
        public void handle(ConsumerRecord<byte[], byte[]> record, io.bywash.handler.HandlerContext context) {
            throw new NonRetriableException("no such customer");
        }
    }

    @Test
    void whatAnExceptionSaysIsBounded() {
        TestGroup group = group(1);
        send(new ProducerRecord<>(group.topic(), null, "value".getBytes(UTF_8)));
        start(group, (record, context) -> {
            throw new NonRetriableException("long ".repeat(MIB), new IllegalStateException("€".repeat(MIB)));
        });

        ConsumerRecord<byte[], byte[]> letter = group.awaitDeadLetters(1).get(0);
        assertArrayEquals("value".getBytes(UTF_8), letter.value());
        for (Header header : letter.headers()) {
            assertTrue(header.value().length < 16_000, header.key() + " has " + header.value().length + " bytes");
        }
    }

    @Test
    void headersAreReplacedWhenALetterFailsAgain() {
        TestGroup first = group(1);
        send(new ProducerRecord<>(first.topic(), "key".getBytes(UTF_8), "value".getBytes(UTF_8)));
        start(first, REFUSING);
        first.awaitDeadLetters(1);

        TestGroup second = open(new TestGroup(KAFKA.cluster(), first.deadLetterTopic()));
        start(second, (record, context) -> {
            throw new NonRetriableException("not mended yet");
        });

        ConsumerRecord<byte[], byte[]> letter = second.awaitDeadLetters(1).get(0);
        List<String> names = StreamSupport.stream(letter.headers().spliterator(), false)
                .map(Header::key)
                .toList();
        assertEquals(10, names.size(), names.toString());
        assertEquals(10, names.stream().distinct().count(), names.toString());
        assertEquals(first.deadLetterTopic(), ownHeaders(letter).get("bywash-source-topic"));
        assertEquals("not mended yet", ownHeaders(letter).get("bywash-exception-message"));
        assertArrayEquals("value".getBytes(UTF_8), letter.value());
    }

    @Test
    void headersOnTheWayInSteerNothing() {
        TestGroup group = group(1);
        String elsewhere = KAFKA.cluster().createUniqueTopic("elsewhere", 1);
        List<Header> forged = List.of(
                new RecordHeader("bywash-source-topic", elsewhere.getBytes(UTF_8)),
                new RecordHeader("bywash-dead-letter-topic", elsewhere.getBytes(UTF_8)),
                new RecordHeader("bywash-attempts", "1000000".getBytes(UTF_8)));
        send(new ProducerRecord<>(group.topic(), 0, null, (byte[]) null, "value".getBytes(UTF_8), forged));
        start(group, REFUSING);

        Map<String, String> own = ownHeaders(group.awaitDeadLetters(1).get(0));
        assertEquals(group.topic(), own.get("bywash-source-topic"));
        assertEquals("1", own.get("bywash-attempts"));
        assertFalse(own.containsKey("bywash-dead-letter-topic"));
        assertTrue(KAFKA.cluster().read(elsewhere).isEmpty());
    }

    @Test
    void recordsWithoutKeyOrValueAreLettersToo() {
        TestGroup group = group(1);
        send(new ProducerRecord<>(group.topic(), null, "no key".getBytes(UTF_8)));
        send(new ProducerRecord<>(group.topic(), "tombstone".getBytes(UTF_8), null));
        start(group, REFUSING);

        List<ConsumerRecord<byte[], byte[]>> letters = group.awaitDeadLetters(2);
        assertNull(letters.get(0).key());
        assertArrayEquals("no key".getBytes(UTF_8), letters.get(0).value());
        assertArrayEquals("tombstone".getBytes(UTF_8), letters.get(1).key());
        assertNull(letters.get(1).value());
        assertFalse(ownHeaders(letters.get(1)).containsKey("bywash-value-omitted-bytes"));
    }

    @Test
    void aTopicWithFewerPartitionsTakesThemInTurn() {
        TestGroup group = group(3);
        KAFKA.cluster().createTopic(group.deadLetterTopic(), 2);
        for (int partition = 0; partition < 3; partition++) {
            send(new ProducerRecord<>(group.topic(), partition, null, new byte[] {(byte) partition}));
        }
        start(group, REFUSING);

        Map<Integer, Integer> partitions = new TreeMap<>();
        group.awaitDeadLetters(3).forEach(letter -> partitions.put((int) letter.value()[0], letter.partition()));
        assertEquals(Map.of(0, 0, 1, 1, 2, 0), partitions);
    }

    @Test
    void aRecordOfAMebibyteIsKeptWholeWhereTheTopicTakesIt() {
        TestGroup group = open(new TestGroup(KAFKA.cluster(), topic(UniqueName.of("large"), 3 * MIB)));
        topic(group.deadLetterTopic(), 3 * MIB);
        byte[] value = filled(2 * MIB);
        send(new ProducerRecord<>(group.topic(), "key".getBytes(UTF_8), value));
        start(group, REFUSING);

        assertArrayEquals(value, group.awaitDeadLetters(1).get(0).value());
        group.awaitCommitted(0, 1);
    }

    @Test
    void aRecordTheTopicRefusesAsTooLargeGoesWithoutItsValue() {
        TestGroup group = open(new TestGroup(KAFKA.cluster(), topic(UniqueName.of("large"), 3 * MIB)));
        topic(group.deadLetterTopic(), 100_000);
        List<Header> large = List.of(new RecordHeader("large", filled(200_000)));
        send(new ProducerRecord<>(group.topic(), 0, 42L, "key".getBytes(UTF_8), filled(MIB), large));
        send(new ProducerRecord<>(group.topic(), "small".getBytes(UTF_8), new byte[] {1}));
        start(group, REFUSING);

        List<ConsumerRecord<byte[], byte[]>> letters = group.awaitDeadLetters(2);
        assertArrayEquals("key".getBytes(UTF_8), letters.get(0).key());
        assertNull(letters.get(0).value());
        assertEquals(42L, letters.get(0).timestamp());
        Map<String, String> own = ownHeaders(letters.get(0));
        assertEquals(String.valueOf(MIB), own.get("bywash-value-omitted-bytes"));
        assertEquals("0", own.get("bywash-source-offset"));
        assertNull(letters.get(0).headers().lastHeader("large"));
        assertArrayEquals(new byte[] {1}, letters.get(1).value());
        group.awaitCommitted(0, 2);
    }

    @Test
    void aKeyThatIsTooLargeIsLeftOutAsWell() {
        TestGroup group = open(new TestGroup(KAFKA.cluster(), topic(UniqueName.of("large"), 3 * MIB)));
        topic(group.deadLetterTopic(), 100_000);
        send(new ProducerRecord<>(group.topic(), filled(MIB), "value".getBytes(UTF_8)));
        start(group, REFUSING);

        ConsumerRecord<byte[], byte[]> letter = group.awaitDeadLetters(1).get(0);
        assertNull(letter.key());
        assertNull(letter.value());
        assertEquals(String.valueOf(MIB), ownHeaders(letter).get("bywash-key-omitted-bytes"));
        assertEquals("5", ownHeaders(letter).get("bywash-value-omitted-bytes"));
        group.awaitCommitted(0, 1);
    }

    private TestGroup group(int partitions) {
        return open(new TestGroup(KAFKA.cluster(), partitions));
    }

    private TestGroup open(TestGroup group) {
        groups.add(group);
        return group;
    }

    private static void start(TestGroup group, TopicHandler<byte[], byte[]> handler) {
        group.start(group.builder().handler(handler, ByteArrayDeserializer::new, ByteArrayDeserializer::new));
    }

    private static String topic(String name, int maxMessageBytes) {
        KAFKA.cluster()
                .createTopic(new NewTopic(name, 1, (short) 1)
                        .configs(Map.of("max.message.bytes", String.valueOf(maxMessageBytes))));
        return name;
    }

    private static void send(ProducerRecord<byte[], byte[]> record) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", KAFKA.cluster().bootstrapServers(), "max.request.size", 10 * MIB);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(properties, BYTES, BYTES)) {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the record of the test was not written", e);
        }
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 7);
        return bytes;
    }

    private static Map<String, String> ownHeaders(ConsumerRecord<byte[], byte[]> letter) {
        Map<String, String> own = new TreeMap<>();
        for (Header header : letter.headers()) {
            if (header.key().startsWith("bywash-")) {
                own.put(header.key(), new String(header.value(), UTF_8));
            }
        }
        return own;
    }
}
