package io.bywash.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.testkit.ClusterRecords.Deserializers;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No call waits for longer than it may, and each says what it waited for. */
@Timeout(60)
class BoundsTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private final EmbeddedKafka kafka = KAFKA.cluster();

    @Test
    void givesUpWaitingForRecordsThatDoNotCome() {
        String topic = kafka.createUniqueTopic("orders", 1);
        kafka.produce(topic, "key", "only");
        StringDeserializer strings = new StringDeserializer();

        try (ClusterRecords records = impatient(kafka.bootstrapServers())) {
            EmbeddedKafkaException e = assertThrows(
                    EmbeddedKafkaException.class,
                    () -> records.await(
                            List.of(new TopicPartition(topic, 0)), 2, new Deserializers<>(strings, strings)));

            assertTrue(
                    e.getMessage().endsWith(" of the 2 records awaited are in [" + topic + "-0] after 0.3 s."),
                    e.getMessage());
        }
    }

    @Test
    void givesUpProducingToATopicThatDoesNotExist() {
        StringSerializer strings = new StringSerializer();
        try (ClusterRecords records = impatient(kafka.bootstrapServers())) {
            EmbeddedKafkaException e = assertThrows(
                    EmbeddedKafkaException.class,
                    () -> records.produce(
                            List.of(new ProducerRecord<>("no-such-topic", "key", "value")), strings, strings));

            assertEquals(
                    "Producing record 1 of 1 to topic 'no-such-topic' failed: Topic no-such-topic not present in"
                            + " metadata after 300 ms.",
                    e.getMessage());
        }
    }

    private static ClusterRecords impatient(String bootstrapServers) {
        return new ClusterRecords(Map.of("bootstrap.servers", bootstrapServers), SHORT);
    }

    @Test
    void givesUpWaitingForAConditionThatDoesNotHold() {
        EmbeddedKafkaException e = assertThrows(
                EmbeddedKafkaException.class,
                () -> Deadline.after(SHORT).await(() -> false, () -> "The brokers do not know of each other"));

        assertEquals("The brokers do not know of each other after 0.3 s.", e.getMessage());
    }

    @Test
    void givesUpWaitingForAnAnswerThatDoesNotCome() {
        EmbeddedKafkaException e = assertThrows(
                EmbeddedKafkaException.class,
                () -> Deadline.after(SHORT).get(new CompletableFuture<>(), "Creating topic 'orders'"));

        assertEquals("Creating topic 'orders' took longer than 0.3 s.", e.getMessage());
    }

    @Test
    void keepsTheInterruptOfTheWaitingThread() {
        Thread.currentThread().interrupt();

        EmbeddedKafkaException e = assertThrows(
                EmbeddedKafkaException.class,
                () -> Deadline.after(Duration.ofSeconds(50)).await(() -> false, () -> "Waiting for leaders"));

        assertTrue(Thread.interrupted());
        assertEquals("Waiting for leaders: the waiting thread was interrupted.", e.getMessage());
    }

    @Test
    void interruptsTheOthersWhenOneFails() {
        EmbeddedKafkaException refused = new EmbeddedKafkaException("Broker 1 does not start.");
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();

        EmbeddedKafkaException e = assertThrows(
                EmbeddedKafkaException.class,
                () -> SideBySide.forEach(
                        List.of(1, 2),
                        id -> {
                            if (id == 1) {
                                throw refused;
                            }
                            waitForever(interrupted);
                        },
                        Deadline.after(Duration.ofSeconds(50))));

        assertEquals(refused, e);
        assertTrue(interrupted.join());
    }

    private static void waitForever(CompletableFuture<Boolean> interrupted) {
        try {
            new CompletableFuture<>().get();
        } catch (InterruptedException | ExecutionException e) {
            interrupted.complete(e instanceof InterruptedException);
        }
    }
}
