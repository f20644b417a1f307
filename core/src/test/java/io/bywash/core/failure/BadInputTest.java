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
                        + " dots, underscores and hyphens; name a topic without what the group or the topic brings in",
                refusal(orders("my group")));
    }

    @Test
    void aNameThatOnlyAPatternBringsAboutStopsTheConsumer() {
        Member member = group.start(
                handler,
                GroupConsumer.builder()
                        .group(UniqueName.of("my group"))
                        .topicPattern(Pattern.compile(Pattern.quote(group.topic())))
                        .kafka(Map.of("bootstrap.servers", KAFKA.cluster().bootstrapServers())));

        ConsumerFailedException failure = member.awaitFailure();
        assertEquals(Kind.CONFIGURATION, failure.kind());
        assertTrue(
                failure.getMessage().contains("cannot have a dead-letter topic for " + group.topic())
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
