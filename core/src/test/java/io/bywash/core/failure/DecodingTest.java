package io.bywash.core.failure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.GroupEvent.AttemptFailed;
import io.bywash.core.event.GroupEvent.NextStep;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DecodingTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static final ByteArraySerializer BYTES = new ByteArraySerializer();
    private static final byte[] SEVEN = {0, 0, 0, 7};
    private static final byte[] POISON = {(byte) 0xff, 1, 2};

    private TestGroup group;

    @BeforeEach
    void createGroup() {
        group = new TestGroup(KAFKA.cluster(), 2);
    }

    @AfterEach
    void closeGroup() {
        group.close();
    }

    /** Its types are read from its class, as with any handler. */
    private static final class Numbers implements TopicHandler<Integer, Integer> {
        private final List<String> seen = new CopyOnWriteArrayList<>();

        @Override
        public void handle(ConsumerRecord<Integer, Integer> record, HandlerContext context) {
            seen.add(record.key() + "=" + record.value());
        }
    }

    @Test
    void poisonIsNotTriedAgainAndItsBytesGoToTheDeadLetterTopic() {
        send(0, SEVEN, SEVEN);
        send(0, SEVEN, POISON);
        send(0, POISON, SEVEN);
        send(0, null, SEVEN);
        send(0, SEVEN, null);
        Numbers numbers = new Numbers();
        Member member = group.start(group.builder().handler(numbers));

        group.awaitCommitted(0, 5);
        assertEquals(List.of("7=7", "null=7", "7=null"), numbers.seen);
        List<AttemptFailed> failures = member.events().all(AttemptFailed.class);
        assertEquals(2, failures.size(), failures.toString());
        failures.forEach(failure -> assertEquals(NextStep.DEAD_LETTER, failure.next()));
        String value = failures.get(0).cause().getMessage();
        assertTrue(value.startsWith("the value could not be decoded by " + IntegerDeserializer.class.getName()), value);
        String key = failures.get(1).cause().getMessage();
        assertTrue(key.startsWith("the key could not be decoded by " + IntegerDeserializer.class.getName()), key);
        List<ConsumerRecord<byte[], byte[]>> letters = group.awaitDeadLetters(2);
        assertArrayEquals(SEVEN, letters.get(0).key());
        assertArrayEquals(POISON, letters.get(0).value());
        assertArrayEquals(POISON, letters.get(1).key());
        assertArrayEquals(SEVEN, letters.get(1).value());
    }

    @Test
    void aDeserialiserThatThrowsAnythingIsOneRecordsFailure() {
        send(0, null, "bad".getBytes(UTF_8));
        send(0, null, "good".getBytes(UTF_8));
        Recording handler = new Recording((record, context) -> {});
        group.start(group.builder().handler(handler, StringDeserializer::new, Throwing::new));

        group.awaitCommitted(0, 2);
        assertEquals(List.of("good/1"), handler.of(0));
        assertArrayEquals(
                "bad".getBytes(UTF_8), group.awaitDeadLetters(1).get(0).value());
    }

    private static final class Throwing extends Observed {
        @Override
        public String deserialize(String topic, byte[] data) {
            if (new String(data, UTF_8).equals("bad")) {
                throw new NullPointerException("a defect of the deserialiser");
            }
            return super.deserialize(topic, data);
        }
    }

    @Test
    void everyPartitionHasDeserialisersOfItsOwnAndClosesThem() {
        List<Observed> made = new CopyOnWriteArrayList<>();
        Supplier<Deserializer<String>> values = () -> {
            Observed fresh = new Observed();
            made.add(fresh);
            return fresh;
        };
        Recording handler = new Recording((record, context) -> {});
        Member member = group.start(group.builder().handler(handler, StringDeserializer::new, values));
        group.produce(0, "a", "b");
        group.produce(1, "c", "d");
        group.awaitCommitted(0, 2);
        group.awaitCommitted(1, 2);
        member.leave();

        assertEquals(2, made.size());
        made.forEach(one -> assertEquals(1, one.threads().size(), "threads " + one.threads()));
        made.forEach(one -> assertEquals(2, one.decoded()));
        made.forEach(one -> assertEquals(1, one.closed()));
    }

    @Test
    void aDeserialiserThatCannotBeCreatedStopsTheConsumerAndWritesNoLetters() {
        group.produce(0, "a");
        Recording handler = new Recording((record, context) -> {});
        Supplier<Deserializer<String>> broken = () -> {
            throw new IllegalStateException("schema registry URL is missing");
        };
        Member member = group.start(group.builder().handler(handler, StringDeserializer::new, broken));

        ConsumerFailedException failure = member.awaitFailure();
        assertEquals(ConsumerFailedException.Kind.HANDLER, failure.kind());
        assertTrue(
                failure.getMessage().contains("deserialisers of handler recording")
                        && failure.getMessage().contains("schema registry URL is missing"),
                failure.getMessage());
        assertEquals(List.of(), handler.calls());
        assertEquals(List.of(), member.events().all(AttemptFailed.class));
    }

    @Test
    void aDeserialiserThatDoesNotCloseChangesNothing() {
        group.produce(0, "a");
        Recording handler = new Recording((record, context) -> {});
        Member member = group.start(group.builder().handler(handler, StringDeserializer::new, Stubborn::new));
        group.awaitCommitted(0, 1);

        member.leave();
        assertTrue(member.consumer().failure().isEmpty());
    }

    private static final class Stubborn extends Observed {
        @Override
        public void close() {
            throw new IllegalStateException("does not close");
        }
    }

    private void send(int partition, byte[] key, byte[] value) {
        KAFKA.cluster().produce(List.of(new ProducerRecord<>(group.topic(), partition, key, value)), BYTES, BYTES);
    }
}
