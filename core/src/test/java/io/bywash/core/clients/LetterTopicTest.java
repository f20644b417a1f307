package io.bywash.core.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.core.fixture.Await;
import io.bywash.core.settings.LetterRetention;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.UniqueName;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long a dead-letter topic that was created keeps letters, on brokers that keep records for 60 days unless told, as they were in hours. */
class LetterTopicTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.perClass(
            EmbeddedKafka.builder().property("log.retention.hours", String.valueOf(60 * 24)));

    private static Config created(LetterRetention retention, String source) throws Exception {
        String topic = UniqueName.of("letters");
        try (TopicAdmin admin = new PlainKafkaClients()
                .admin(Map.of("bootstrap.servers", KAFKA.cluster().bootstrapServers()))) {
            admin.create(new LetterTopic(topic, source, 3, retention), TIMEOUT);
            admin.create(new LetterTopic(topic, source, 7, new LetterRetention.Forever()), TIMEOUT);
            Await.until(
                    "the topic is there, as it was created first",
                    () -> Optional.ofNullable(
                                    admin.topics(List.of(topic), TIMEOUT).get(topic))
                            .filter(found -> found.partitions() == 3)
                            .isPresent());
        }
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return Objects.requireNonNull(KAFKA.cluster()
                .admin()
                .describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource));
    }

    private static long retention(LetterRetention retention, String source) throws Exception {
        return Long.parseLong(created(retention, source).get("retention.ms").value());
    }

    private static String source(String retentionMs) {
        String topic = UniqueName.of("source");
        KAFKA.cluster().createTopic(new NewTopic(topic, 1, (short) 1).configs(Map.of("retention.ms", retentionMs)));
        return topic;
    }

    @Test
    void lettersAreKeptForAsLongAsToldAndNeverForLessThanBrokersDo() throws Exception {
        String source = KAFKA.cluster().createUniqueTopic("source", 1);
        assertEquals(90 * DAY_MS, retention(new LetterRetention.AtLeast(Duration.ofDays(90)), source));
        assertEquals(60 * DAY_MS, retention(LetterRetention.DEFAULT, source));
        assertEquals(60 * DAY_MS, retention(LetterRetention.DEFAULT, source("1000")), "whatever the source does");
        assertEquals(60 * DAY_MS, retention(new LetterRetention.AsBrokers(), source));
        assertEquals(-1, retention(new LetterRetention.Forever(), source));
    }

    @Test
    void lettersAreKeptForAsLongAsTheirSourceKeepsRecords() throws Exception {
        assertEquals(99 * DAY_MS, retention(LetterRetention.DEFAULT, source(String.valueOf(99 * DAY_MS))));
        assertEquals(-1, retention(LetterRetention.DEFAULT, source("-1")));
    }

    /** With other policies of the brokers a letter would take the place of the one before it with its key. */
    @Test
    void aLetterTakesThePlaceOfNoOther() throws Exception {
        ConfigEntry policy = created(
                        new LetterRetention.AsBrokers(), KAFKA.cluster().createUniqueTopic("source", 1))
                .get("cleanup.policy");
        assertEquals("delete", policy.value());
        assertEquals(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG, policy.source());
    }
}
