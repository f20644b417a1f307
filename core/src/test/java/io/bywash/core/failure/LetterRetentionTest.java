package io.bywash.core.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.qos.logback.classic.Level;
import io.bywash.core.clients.LetterTopic;
import io.bywash.core.clients.PlainKafkaClients;
import io.bywash.core.clients.TopicAdmin;
import io.bywash.core.fixture.CapturedLog;
import io.bywash.core.settings.LetterRetention;
import io.bywash.handler.NonRetriableException;
import io.bywash.handler.TopicHandler;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.UniqueName;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.server.policy.CreateTopicPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** How long letters are kept that a consumer writes, on brokers as most are: they keep records for a week, and these no more than a MiB of them. */
@ResourceLock("levels of loggers")
class LetterRetentionTest {
    private static final String STRICT = "strict";
    private static final Duration WEEK = Duration.ofDays(7);
    private static final long MIB = 1 << 20;

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.perClass(EmbeddedKafka.builder()
            .property("log.retention.bytes", String.valueOf(MIB))
            .property("create.topic.policy.class.name", NoRetentionOfItsOwn.class.getName()));

    private static final TopicHandler<String, String> REFUSING = (record, context) -> {
        throw new NonRetriableException("cannot take this");
    };

    /** As operators have it who want to be asked. Concerns some of the topics. */
    public static final class NoRetentionOfItsOwn implements CreateTopicPolicy {
        @Override
        public void validate(RequestMetadata wanted) {
            boolean hasOwn = wanted.configs().keySet().stream().anyMatch(name -> name.startsWith("retention."));
            if (wanted.topic().startsWith(STRICT) && hasOwn) {
                throw new PolicyViolationException("ask us for another retention");
            }
        }

        @Override
        public void configure(Map<String, ?> properties) {
            // There is nothing to tell it.
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }

    private static Config written(String sourcePrefix) throws ExecutionException, InterruptedException {
        try (TestGroup group = new TestGroup(KAFKA.cluster(), KAFKA.cluster().createUniqueTopic(sourcePrefix, 1))) {
            group.produce(0, "bad");
            group.start(REFUSING);
            group.awaitDeadLetters(1);
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, group.deadLetterTopic());
            return Objects.requireNonNull(KAFKA.cluster()
                    .admin()
                    .describeConfigs(List.of(topic))
                    .all()
                    .get()
                    .get(topic));
        }
    }

    private static void assertKept(Duration time, long bytes, Config topic) {
        assertEquals(String.valueOf(time.toMillis()), topic.get("retention.ms").value());
        assertEquals(String.valueOf(bytes), topic.get("retention.bytes").value());
        assertEquals("delete", topic.get("cleanup.policy").value());
    }

    @Test
    void lettersAreKeptForThirtyDaysHoweverManyThereAre() throws Exception {
        assertKept(Duration.ofDays(30), -1, written("source"));
    }

    /** Letters that go early are better than a partition that stands. */
    @Test
    void whereThatIsRefusedLettersAreKeptAsBrokersDoAndTheLogSaysSo() throws Exception {
        try (CapturedLog log = new CapturedLog(Map.of("io.bywash.core.clients", Level.WARN))) {
            assertKept(WEEK, MIB, written(STRICT));
            List<String> warnings = log.with("ask us for another retention");
            assertEquals(1, warnings.size(), warnings::toString);
            assertEquals(1, log.with("set dead-letter-retention = as-brokers").size(), warnings::toString);
        }
    }

    /** Who asks for that by name is not given less without a word. */
    @Test
    void thatLettersAreKeptForeverIsNeverPutAside() {
        LetterTopic wanted =
                new LetterTopic(UniqueName.of(STRICT), UniqueName.of("source"), 1, new LetterRetention.Forever());
        try (TopicAdmin admin = new PlainKafkaClients()
                .admin(Map.of("bootstrap.servers", KAFKA.cluster().bootstrapServers()))) {
            assertThrows(PolicyViolationException.class, () -> admin.create(wanted, Duration.ofSeconds(60)));
        }
    }
}
