package io.bywash.core.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.clients.KafkaClients;
import io.bywash.core.clients.PlainKafkaClients;
import io.bywash.core.clients.TopicAdmin;
import io.bywash.core.environment.Environment;
import io.bywash.core.event.GroupEvent.DeadLetterFailed;
import io.bywash.core.event.GroupEvent.DeadLettered;
import io.bywash.core.event.PauseReason;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.settings.Timing;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeadLetterOutageTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    /** A producer waits for half of the drain time-out before it gives a missing topic up. */
    private static final Timing SHORT =
            new Timing(Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofMinutes(1), Duration.ofMinutes(1));

    private final Recording handler = new Recording((record, context) -> {
        if (record.value().equals("bad")) {
            throw new IllegalStateException("cannot take it");
        }
    });
    private TestGroup group;

    @BeforeEach
    void createGroup() {
        group = new TestGroup(KAFKA.cluster(), 2);
    }

    @AfterEach
    void closeGroup() {
        group.close();
    }

    @Test
    void theAcknowledgementPrecedesTheCommit() {
        MockProducer<byte[], byte[]> producer = heldProducer();
        Member member = group.start(handler, group.builder().environment(with(producer)));
        group.produce(0, "bad", "good");
        Eventually.holds("the letter is sent", () -> producer.history().size() == 1);

        group.produce(1, "a");
        group.awaitCommitted(1, 1);
        assertEquals(0, committed(0));
        assertEquals(List.of("bad/1", "bad/2", "bad/3"), handler.of(0));
        assertTrue(member.events().all(DeadLettered.class).isEmpty());

        producer.completeNext();
        group.awaitCommitted(0, 2);
        member.events().await(DeadLettered.class);
    }

    @Test
    void anUnwritableTopicHoldsItsPartitionUpAndNoOther() throws Exception {
        Member member = group.start(handler, group.builder().timing(SHORT));
        deleteDeadLetterTopic();
        group.produce(0, "bad", "good");

        PartitionSnapshot held = member.awaitPaused(0, PauseReason.DEAD_LETTER_DOWN);
        group.produce(1, "a");
        group.awaitCommitted(1, 1);
        assertTrue(held.why().startsWith(group.deadLetterTopic() + " does not take it: "), held.why());
        DeadLetterFailed failed = member.events().await(DeadLetterFailed.class);
        assertEquals(new RecordPosition(group.partition(0), 0), failed.record());
        assertEquals(group.deadLetterTopic(), failed.topic());
        assertEquals(0, committed(0));

        KAFKA.cluster().createTopic(group.deadLetterTopic(), 2);
        group.awaitCommitted(0, 2);
        assertEquals(1, group.awaitDeadLetters(1).size());
        assertEquals(List.of("bad/1", "bad/2", "bad/3", "good/1"), handler.of(0));
    }

    @Test
    void theNextOwnerWritesTheLetterThatTheFormerOneCouldNot() throws Exception {
        Member member = group.start(handler, group.builder().timing(SHORT));
        deleteDeadLetterTopic();
        group.produce(0, "bad", "good");
        member.awaitPaused(0, PauseReason.DEAD_LETTER_DOWN);
        member.leave();

        Recording second = new Recording((record, context) -> {});
        Member successor = group.start(second, group.builder().timing(SHORT));

        group.awaitCommitted(0, 2);
        assertEquals(List.of("good/1"), second.of(0));
        assertEquals(3, successor.events().await(DeadLettered.class).attempts());
        assertEquals(1, group.awaitDeadLetters(1).size());
    }

    private long committed(int partition) {
        return group.committed(partition).map(OffsetAndMetadata::offset).orElseThrow();
    }

    private void deleteDeadLetterTopic() throws ExecutionException, InterruptedException {
        group.awaitDeadLetterTopic();
        KAFKA.cluster()
                .admin()
                .deleteTopics(List.of(group.deadLetterTopic()))
                .all()
                .get();
        Eventually.holds("the dead-letter topic is gone", () -> !group.hasDeadLetterTopic());
    }

    /** A producer that acknowledges nothing until it is told to. */
    private MockProducer<byte[], byte[]> heldProducer() {
        Node node = new Node(1, "127.0.0.1", 1);
        PartitionInfo only = new PartitionInfo(group.deadLetterTopic(), 0, node, new Node[] {node}, new Node[] {node});
        Cluster cluster = new Cluster("held", List.of(node), List.of(only), Set.of(), Set.of());
        return new MockProducer<>(cluster, false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Environment with(Producer<byte[], byte[]> producer) {
        Environment real = Environment.system();
        return new Environment(
                real.ticker(),
                real.clock(),
                real.waiting(),
                real.runner(),
                real.workers(),
                real.calls(),
                real.random(),
                real.processors(),
                new OwnProducer(producer, new PlainKafkaClients()));
    }

    private record OwnProducer(Producer<byte[], byte[]> producer, KafkaClients others) implements KafkaClients {
        @Override
        public Consumer<byte[], byte[]> consumer(Map<String, Object> properties, ClusterResourceListener cluster) {
            return others.consumer(properties, cluster);
        }

        @Override
        public Producer<byte[], byte[]> producer(Map<String, Object> properties) {
            return producer;
        }

        @Override
        public TopicAdmin admin(Map<String, Object> properties) {
            return others.admin(properties);
        }
    }
}
