package io.bywash.core.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.clients.KafkaClients;
import io.bywash.core.clients.TopicAdmin;
import io.bywash.core.environment.Environment;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.PauseReason;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.IdleTaker;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.settings.Batching;
import io.bywash.core.settings.Buffers;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.KafkaProperties;
import io.bywash.core.settings.MetadataLimits;
import io.bywash.core.settings.MissingTopics;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.StartFrom;
import io.bywash.core.settings.Subscription;
import io.bywash.core.settings.Timing;
import io.bywash.core.thread.Next;
import io.bywash.core.thread.ThreadOwner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class PollLoopTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    private static final TopicPartition OTHER = new TopicPartition("orders", 1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final List<GroupEvent> events = new ArrayList<>();
    private final Unsure client = new Unsure();
    private final MetricRegistry registry = new MetricRegistry();
    private final ConsumerMetrics metrics = new ConsumerMetrics(registry, "billing");
    private final Environment environment = environment();
    private final ConsumerSettings settings = new ConsumerSettings(
            "billing",
            "billing",
            new Subscription.Topics(new TreeSet<>(Set.of("orders"))),
            new StartFrom.Earliest(),
            MissingTopics.WAIT,
            FailurePolicy.DEFAULT,
            Ordering.PARTITION,
            Batching.DEFAULT,
            new Timing(SECOND, SECOND, SECOND, SECOND),
            Buffers.DEFAULT,
            MetadataLimits.DEFAULT,
            KafkaProperties.of(Map.of()));
    private final PollContext context = new PollContext(
            settings,
            environment,
            metrics,
            events::add,
            new Status(event -> {}, () -> 0),
            new Progress(environment, metrics, 1_000),
            new RedriveTopics(settings),
            new TopicIds(),
            new ThreadOwner("the poll loop", environment.runner()));
    private final PollLoop loop = new PollLoop(context, this::taker, topic -> topic, deadline -> {});

    @SuppressWarnings("NullAway.Init") // of the partition that was assigned last
    private PartitionSession session;

    private RecordTaker taker(PartitionSession opened, BooleanSupplier formerQuiet) {
        session = opened;
        return new IdleTaker();
    }

    /** Brings a record without the position after it, as an interceptor may, and cannot tell the position at that moment. */
    private static final class Unsure extends MockConsumer<byte[], byte[]> {
        private final Map<TopicPartition, Long> sought = new HashMap<>();
        private boolean brings;
        private int seeksUntilFailure = Integer.MAX_VALUE;

        Unsure() {
            super("none");
            Node node = new Node(1, "127.0.0.1", 1);
            Node[] replicas = {node};
            updatePartitions(
                    "orders",
                    List.of(
                            new PartitionInfo("orders", 0, node, replicas, replicas),
                            new PartitionInfo("orders", 1, node, replicas, replicas)));
            updateBeginningOffsets(Map.of(PARTITION, 0L, OTHER, 0L));
        }

        @Override
        public synchronized void seek(TopicPartition partition, OffsetAndMetadata target) {
            if (seeksUntilFailure-- == 0) {
                throw new TimeoutException("the network thread is busy");
            }
            sought.put(partition, target.offset());
            super.seek(partition, target);
        }

        @Override
        public synchronized void seek(TopicPartition partition, long offset) {
            sought.put(partition, offset);
            super.seek(partition, offset);
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            if (!brings) {
                return super.poll(timeout);
            }
            brings = false;
            ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("orders", 0, 0, new byte[0], new byte[0]);
            return new ConsumerRecords<>(Map.of(PARTITION, List.of(record)), Map.of());
        }

        @Override
        public synchronized long position(TopicPartition partition) {
            throw new TimeoutException("the position of " + partition + " is being validated");
        }
    }

    private Environment environment() {
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
                new OneConsumer(client));
    }

    private record OneConsumer(Consumer<byte[], byte[]> only) implements KafkaClients {
        @Override
        public Consumer<byte[], byte[]> consumer(Map<String, Object> properties, ClusterResourceListener cluster) {
            return only;
        }

        @Override
        public Producer<byte[], byte[]> producer(Map<String, Object> properties) {
            throw new AssertionError("no letter is written");
        }

        @Override
        public TopicAdmin admin(Map<String, Object> properties) {
            throw new AssertionError("no question is asked");
        }
    }

    /** A failed poll is tried again; one that has brought records cannot be, since the client has moved on. */
    @Test
    void recordsThatCannotBeHandedOverStopTheConsumerInsteadOfBeingPassedOver() {
        context.status().begin();
        loop.step();
        client.rebalance(List.of(PARTITION));
        client.brings = true;
        assertEquals(Next.DONE, loop.step());
        Optional<ConsumerFailedException> failure = context.status().failure();
        assertInstanceOf(TimeoutException.class, failure.orElseThrow().getCause());
        assertEquals(ConsumerState.FAILED, context.status().state());
        assertTrue(client.closed());
    }

    /** The client's own message tells to seek, which nobody but the engine can. */
    @Test
    void aBatchThatCannotBeReadHaltsItsPartitionWithAMessageThatHelps() {
        context.status().begin();
        loop.step();
        client.rebalance(List.of(PARTITION));
        KafkaException corrupt = new KafkaException("Received exception when fetching the next record from orders-0."
                + " If needed, please seek past the record to continue consumption.");
        client.setPollException(corrupt);
        loop.step();
        GroupEvent.PartitionHalted halted = events.stream()
                .filter(GroupEvent.PartitionHalted.class::isInstance)
                .map(GroupEvent.PartitionHalted.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError(events.toString()));
        assertEquals(new RecordPosition(PARTITION, 0), halted.at());
        assertEquals(
                "offset 0 of orders-0 cannot be read: " + corrupt.getMessage()
                        + " Here that means: stop the consumers of group billing, set the group's offset of this"
                        + " partition beyond it, for example with kafka-consumer-groups.sh, and start them again",
                halted.cause().getMessage());
    }

    /** The client is held at some other place meanwhile, which nobody must take for one that is read from. */
    @Test
    void aPartitionThatIsHaltedSaysSoBeforeTheNextTurn() {
        context.status().begin();
        loop.step();
        client.rebalance(List.of(PARTITION));
        client.setPollException(new KafkaException("Received exception when fetching the next record from orders-0."
                + " If needed, please seek past the record to continue consumption."));
        loop.step();
        assertEquals(Set.of(PARTITION), client.paused());
        assertEquals(Set.of(PauseReason.HALTED), session.pauseReasons());
    }

    @Test
    void whatFailsInTheMiddleOfAnAssignmentLeavesAloneWhatHasBegun() {
        client.updateBeginningOffsets(Map.of(PARTITION, 7L, OTHER, 7L));
        context.status().begin();
        loop.step();
        client.seeksUntilFailure = 1;
        client.rebalance(List.of(PARTITION, OTHER));
        assertEquals(1, loop.control().assignment().size());
        TopicPartition begun = loop.control().assignment().iterator().next();
        assertEquals(7, client.sought.get(begun));

        Await.until(() -> "both begin: " + events, () -> {
            loop.step();
            return loop.control().assignment().equals(Set.of(PARTITION, OTHER));
        });
        assertEquals(Map.of(PARTITION, 7L, OTHER, 7L), client.sought);
        assertEquals(Optional.empty(), context.status().failure());
    }

    @Test
    void recordsWithoutContentAreRecordsToo() {
        context.status().begin();
        loop.step();
        client.rebalance(List.of(PARTITION));
        client.addRecord(new ConsumerRecord<>("orders", 0, 0, null, null));
        loop.step();
        assertEquals(1, registry.meter("bywash.billing.records").getCount());
    }
}
