package io.bywash.core.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.GroupConsumer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Values out of range are refused with a message that says which, and what would do. */
class SettingsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void backoffGrowsToItsMaximum() {
        Backoff plain = new Backoff(Duration.ofMillis(100), SECOND, 2, 0);
        List<Long> waits = List.of(1, 2, 3, 4, 5, 60, Integer.MAX_VALUE).stream()
                .map(failures -> plain.after(failures, new Random(1)).toMillis())
                .toList();
        assertEquals(List.of(100L, 200L, 400L, 800L, 1000L, 1000L, 1000L), waits);
    }

    @Test
    void backoffSpreadsByItsJitter() {
        Backoff spread = new Backoff(SECOND, Duration.ofMinutes(1), 1, 0.2);
        Random random = new Random(7);
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 10_000; i++) {
            long wait = spread.after(3, random).toMillis();
            least = Math.min(least, wait);
            most = Math.max(most, wait);
        }
        assertTrue(least >= 800 && least < 810, "least " + least);
        assertTrue(most <= 1_200 && most > 1_190, "most " + most);
    }

    @Test
    void refusesWhatIsOutOfRange() {
        refused(() -> new Backoff(Duration.ZERO, SECOND, 2, 0), "backoff.initial", "is 0s", "longer than zero");
        refused(() -> new Backoff(SECOND, Duration.ofMillis(999), 2, 0), "backoff.max", "is 0.999s", "1s");
        refused(() -> new Backoff(SECOND, SECOND, 0.5, 0), "backoff.multiplier", "0.5", "from 1");
        refused(() -> new Backoff(SECOND, SECOND, Double.NaN, 0), "backoff.multiplier", "NaN");
        refused(() -> new Backoff(SECOND, SECOND, 2, 1.1), "backoff.jitter", "1.1");
        refused(() -> FailurePolicy.DEFAULT.withMaxAttempts(0), "attempts.max", "0", "from 1");
        refused(() -> FailurePolicy.DEFAULT.withDeadLetterTopic(" "), "dead-letter", "empty");
        refused(() -> new Buffers(0, 1 << 20), "buffer.records-per-partition", "0");
        refused(() -> new Buffers(1, 1), "buffer.bytes", "1");
        refused(() -> Ordering.key(0), "concurrency is 0, but must be from 1 to 100000");
        refused(() -> Ordering.key(1_000_000), "concurrency is 1000000, but must be from 1 to 100000");
        refused(() -> Ordering.none(-1), "concurrency is -1, but must be from 1 to 100000");
        refused(() -> Ordering.none(100_001), "concurrency is 100001");
        refused(() -> new MetadataLimits(-1, 4096), "commit-metadata.per-partition is -1, but must be from 0");
        refused(() -> new MetadataLimits(512, 65 << 20), "commit-metadata.per-request is 68157440");
        refused(() -> new Timing(Duration.ZERO, SECOND, SECOND, SECOND), "commit-interval");
        refused(() -> new Timing(SECOND, SECOND.negated(), SECOND, SECOND), "drain-timeout", "-1s");
        refused(() -> new Timing(SECOND, SECOND, Duration.ZERO, SECOND), "stuck-after");
        refused(() -> new Timing(SECOND, SECOND, SECOND, Duration.ZERO), "stall-after");
        refused(() -> new StartFrom.Ago(SECOND.negated()), "start-from", "-1s");
        refused(() -> new Subscription.Topics(new TreeSet<>()), "topics", "at least one");
        refused(() -> new Subscription.Topics(new TreeSet<>(Set.of(""))), "topic name", "empty");
    }

    @Test
    void aPatternNeedsToTellDeadLetterTopicsFromOthers() {
        for (String template : List.of("{topic}", "{topic}-{group}", "{group}.{topic}")) {
            refused(
                    () -> GroupConsumer.builder()
                            .group("billing")
                            .topicPattern(Pattern.compile("orders-.*"))
                            .kafka(Map.of("bootstrap.servers", "localhost:9092"))
                            .failures(FailurePolicy.DEFAULT.withDeadLetterTopic(template))
                            .build(),
                    "dead-letter-topic",
                    "is " + template + ",",
                    "add a word");
        }
    }

    @Test
    void namesTheDeadLetterTopic() {
        assertEquals("orders.billing.dlt", FailurePolicy.DEFAULT.deadLetterTopicFor("orders", "billing"));
    }

    @Test
    void refusesPropertiesTheEngineDecidesAllAtOnceWithTheReasons() {
        Map<String, Object> wrong = new HashMap<>();
        KafkaProperties.OWNED.keySet().forEach(name -> wrong.put(name, "a secret"));
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> KafkaProperties.of(wrong));
        KafkaProperties.OWNED.forEach((name, reason) ->
                assertTrue(refusal.getMessage().contains(name + " cannot be set: " + reason), refusal::getMessage));
        assertFalse(refusal.getMessage().contains("a secret"));
        for (String name : List.of("group.id", "enable.auto.commit", "auto.offset.reset", "value.deserializer")) {
            assertTrue(KafkaProperties.OWNED.containsKey(name), name);
        }
    }

    @Test
    void refusesAPropertyWithoutAValue() {
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("ssl.key.password", null);
        refused(() -> KafkaProperties.of(nothing), "ssl.key.password", "value");
    }

    @Test
    void refusesANumberThatIsNone() {
        KafkaProperties properties = KafkaProperties.of(Map.of("max.poll.interval.ms", "5 minutes"));
        refused(properties::maxPollIntervalMs, "max.poll.interval.ms", "5 minutes", "whole number");
    }

    @Test
    void hidesValuesWhenPrinted() {
        KafkaProperties properties = KafkaProperties.of(Map.of("sasl.jaas.config", "password=\"hunter2\""));
        assertEquals("KafkaProperties[sasl.jaas.config]", properties.toString());
    }

    @Test
    void decidesWhatItOwnsAndLeavesTheRestToTheUser() {
        Map<String, Object> consumer = KafkaProperties.of(
                        Map.of("max.poll.records", 7, "isolation.level", "read_uncommitted", "my.plugin", "x"))
                .forConsumer("name", "group");
        assertEquals(7, consumer.get("max.poll.records"));
        assertEquals("read_uncommitted", consumer.get("isolation.level"));
        assertEquals("x", consumer.get("my.plugin"));
        assertEquals("none", consumer.get("auto.offset.reset"));
        assertEquals(false, consumer.get("enable.auto.commit"));
        assertEquals("group", consumer.get("group.id"));
        assertEquals("name", consumer.get("client.id"));
    }

    @Test
    void knowsWhatTheNewProtocolDoesNotTake() {
        KafkaProperties properties = KafkaProperties.of(Map.of("group.protocol", "CONSUMER"));
        assertTrue(properties.usesConsumerProtocol());
        assertFalse(properties.forConsumer("name", "group").containsKey("partition.assignment.strategy"));
    }

    @Test
    void keepsConsumerPropertiesFromOtherClients() {
        KafkaProperties properties = KafkaProperties.of(Map.of(
                "bootstrap.servers", "b:1", "max.poll.records", 7, "interceptor.classes", "x", "login.plugin", "y"));
        for (Map<String, Object> other :
                List.of(properties.forDeadLetterProducer("name", 1_000), properties.forAdmin("name"))) {
            assertFalse(other.containsKey("max.poll.records"));
            assertFalse(other.containsKey("interceptor.classes"));
            assertEquals("b:1", other.get("bootstrap.servers"));
            assertEquals("y", other.get("login.plugin"));
        }
        assertEquals(1_000L, properties.forDeadLetterProducer("name", 1_000).get("max.block.ms"));
    }

    private static void refused(Executable attempt, String... parts) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, attempt);
        for (String part : parts) {
            assertTrue(refusal.getMessage().contains(part), refusal::getMessage);
        }
    }
}
