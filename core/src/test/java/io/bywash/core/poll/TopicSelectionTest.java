package io.bywash.core.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.core.GroupConsumer;
import io.bywash.core.GroupConsumerBuilder;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What the pattern given to the client takes in. */
class TopicSelectionTest {
    private final GroupConsumerBuilder consumer = GroupConsumer.builder()
            .group("billing")
            .kafka(Map.of("bootstrap.servers", "localhost:9092"))
            .handler(new Ignore());

    @Test
    void matchesWholeNames() {
        consumer.topicPattern(Pattern.compile("orders|returns"));
        assertEquals(
                List.of("orders", "returns"), taken("orders", "returns", "orders2", "new-orders", "orders|returns"));
    }

    @Test
    void leavesOutWhatIsExcluded() {
        consumer.topicPattern(Pattern.compile("orders.*")).excludePattern(Pattern.compile("orders-old|.*-test"));
        assertEquals(List.of("orders", "orders-old2"), taken("orders", "orders-old", "orders-old2", "orders-test"));
    }

    @Test
    void takesDeadLettersOfNoGroup() {
        consumer.topicPattern(Pattern.compile(".*"));
        assertEquals(
                List.of("orders", "orders.dlt", "orders.billing.dlt2"),
                taken("orders", "orders.billing.dlt", "orders.other.dlt", "orders.dlt", "orders.billing.dlt2"));
    }

    @Test
    void knowsDeadLetterTopicsOfAnotherForm() {
        consumer.topicPattern(Pattern.compile(".*"))
                .failures(FailurePolicy.DEFAULT.withDeadLetterTopic("dead-{group}"));
        assertEquals(List.of("orders", "orders.billing.dlt"), taken("orders", "dead-billing", "orders.billing.dlt"));
    }

    @Test
    void keepsTheFlagsOfEachPattern() {
        consumer.topicPattern(Pattern.compile("ORDERS.*", Pattern.CASE_INSENSITIVE))
                .excludePattern(Pattern.compile("orders-old"));
        assertEquals(List.of("orders", "ORDERS-OLD"), taken("orders", "orders-old", "ORDERS-OLD"));
        consumer.topicPattern(Pattern.compile("ORDERS.* # all of them", Pattern.COMMENTS))
                .excludePattern(Pattern.compile("orders-old", Pattern.CASE_INSENSITIVE));
        assertEquals(List.of("ORDERS"), taken("orders", "ORDERS", "ORDERS-OLD"));
        consumer.topicPattern(Pattern.compile("a.b", Pattern.LITERAL)).excludePattern(Pattern.compile("c"));
        assertEquals(List.of("a.b"), taken("a.b", "axb"));
    }

    /** There are thousands of turns a second, and a pattern may take in hundreds of topics. */
    @Test
    void asksForTheTopicsOfAPatternNotAtEveryTurn() {
        AtomicInteger questions = new AtomicInteger();
        ConsumerSettings settings =
                consumer.topicPattern(Pattern.compile(".*")).build().settings();
        RedriveTopics redriveTopics = new RedriveTopics(settings);
        AtomicLong now = new AtomicLong();
        TopicSelection selection = new TopicSelection(settings, redriveTopics, now::get);
        try (MockConsumer<byte[], byte[]> client = new MockConsumer<>("none") {
            @Override
            public synchronized Set<String> subscription() {
                questions.incrementAndGet();
                return Set.of("orders");
            }
        }) {
            for (int turns = 0; turns < 1_000; turns++) {
                now.addAndGet(1_000_000);
                selection.turn(client, new Deaf());
            }
        }
        assertEquals(10, questions.get());
        assertEquals(Set.of("orders.billing.redrive"), redriveTopics.names());
    }

    private List<String> taken(String... topics) {
        try (MockConsumer<byte[], byte[]> client = new MockConsumer<>("none")) {
            Stream.of(topics).forEach(topic -> client.updatePartitions(topic, List.of()));
            ConsumerSettings settings = consumer.build().settings();
            new TopicSelection(settings, new RedriveTopics(settings), () -> 0).subscribe(client, new Deaf());
            return Stream.of(topics).filter(client.subscription()::contains).toList();
        }
    }

    private static final class Deaf implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
    }

    private static final class Ignore implements TopicHandler<String, String> {
        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {}
    }
}
