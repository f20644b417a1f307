package io.bywash.core.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.GroupConsumer;
import io.bywash.core.GroupConsumerBuilder;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.OnFailure;
import io.bywash.testkit.UniqueName;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names that Kafka does not take, and dead letters that would go round in circles. */
class BadInputTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private final Recording handler = new Recording((record, context) -> {});
    private TestGroup group;

    @BeforeEach
    void createGroup() {
        group = new TestGroup(KAFKA.cluster(), 1);
    }

    @AfterEach
    void closeGroup() {
        group.close();
    }

    private GroupConsumerBuilder orders(String groupName) {
        return GroupConsumer.builder()
                .group(groupName)
                .topics("orders")
                .kafka(Map.of("bootstrap.servers", KAFKA.cluster().bootstrapServers()))
                .handler(handler, StringDeserializer::new, StringDeserializer::new);
    }

    private static String refusal(GroupConsumerBuilder builder) {
        return assertThrows(IllegalArgumentException.class, builder::build).getMessage();
    }

    @Test
    void deadLettersMayNotGoRoundInCircles() {
        assertEquals(
                "dead-letter-topic makes orders for topic orders, which the consumer reads itself, so its letters would go"
                        + " round in circles; name another topic",
                refusal(orders("billing").failures(FailurePolicy.DEFAULT.withDeadLetterTopic("{topic}"))));
    }

    @Test
    void aDeadLetterTopicNeedsANameThatKafkaTakes() {
        assertEquals(
                "dead-letter-topic makes 'orders.my group.dlt' for topic orders, but a topic name has 1 to 249 letters, digits,"
                        + " dots, underscores and hyphens, and is not . or ..; name a topic without what the group or the topic"
                        + " brings in",
                refusal(orders("my group")));
        assertTrue(refusal(orders("billing").failures(FailurePolicy.DEFAULT.withDeadLetterTopic("..")))
                .startsWith("dead-letter-topic makes '..' for topic orders"));
    }

    @Test
    void aPatternDoesNotHideWhatTheGroupBringsIn() {
        String refusal = refusal(GroupConsumer.builder()
                .group("my group")
                .topicPattern(Pattern.compile("orders-.*"))
                .kafka(Map.of("bootstrap.servers", KAFKA.cluster().bootstrapServers()))
                .handler(handler, StringDeserializer::new, StringDeserializer::new));
        assertTrue(refusal.startsWith("dead-letter-topic makes 'any.my group.dlt' for topic any"), refusal);
    }

    @Test
    void aNameThatOnlyAPatternBringsAboutStopsTheConsumer() {
        String longName = KAFKA.cluster().createUniqueTopic("o".repeat(220), 1);
        Member member = group.start(
                handler,
                GroupConsumer.builder()
                        .group(UniqueName.of("billing"))
                        .topicPattern(Pattern.compile(longName))
                        .kafka(Map.of("bootstrap.servers", KAFKA.cluster().bootstrapServers())));

        ConsumerFailedException failure = member.awaitFailure();
        assertEquals(Kind.CONFIGURATION, failure.kind());
        assertTrue(
                failure.getMessage().contains("cannot have a dead-letter topic for " + longName)
                        && failure.getMessage().endsWith("; set dead-letter-topic to a name that Kafka allows"),
                failure.getMessage());
    }

    @Test
    void aTopicNameThatKafkaDoesNotTakeStopsTheConsumer() {
        Member member = group.start(
                handler,
                group.builder().topics("orders and returns").failures(TestGroup.QUICK.withOnFailure(OnFailure.SKIP)));

        ConsumerFailedException failure = member.awaitFailure();
        assertEquals(Kind.CONFIGURATION, failure.kind());
        assertTrue(failure.getMessage().contains("orders and returns"), failure.getMessage());
    }
}
