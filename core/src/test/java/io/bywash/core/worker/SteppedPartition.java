package io.bywash.core.worker;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.binding.HandlerRoutes;
import io.bywash.core.clients.PlainKafkaClients;
import io.bywash.core.deadletter.DeadLetters;
import io.bywash.core.environment.Environment;
import io.bywash.core.event.EventSink;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.session.Batch;
import io.bywash.core.session.Origin;
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
import io.bywash.core.thread.CallRunner;
import io.bywash.core.thread.Next;
import io.bywash.core.thread.ParkingWaiting;
import io.bywash.handler.TopicHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;

/** One partition with its worker, stepped by hand under a clock that stands still until it is moved. */
final class SteppedPartition {
    static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    private static final int MOST_STEPS = 1_000;

    private final List<GroupEvent> events = new ArrayList<>();
    private final List<Throwable> fatal = new ArrayList<>();
    private final HandSteps running = new HandSteps();
    private final PartitionSession session = new PartitionSession(PARTITION, 1, Origin.fresh(0, Instant.EPOCH), 1_000);
    private final MockProducer<byte[], byte[]> producer = heldProducer();
    private long now;

    SteppedPartition(FailurePolicy policy, TopicHandler<byte[], byte[]> handler) {
        this(policy, handler, event -> {});
    }

    /** Lets {@code listener} look at every event before it is kept. */
    SteppedPartition(FailurePolicy policy, TopicHandler<byte[], byte[]> handler, EventSink listener) {
        this(policy, handler, listener, ByteArrayDeserializer::new);
    }

    SteppedPartition(
            FailurePolicy policy,
            TopicHandler<byte[], byte[]> handler,
            EventSink listener,
            Supplier<Deserializer<byte[]>> keys) {
        WorkerContext context = new WorkerContext(
                settings(policy),
                environment(),
                new DeadLetters(() -> producer, topic -> topic + ".dlt", () -> now),
                new ConsumerMetrics(new MetricRegistry(), "billing"),
                event -> {
                    listener.publish(event);
                    events.add(event);
                },
                fatal::add);
        HandlerBinding<byte[], byte[]> binding =
                new HandlerBinding<>("order-handler", handler, keys, ByteArrayDeserializer::new);
        HandlerRoutes routes = new HandlerRoutes(Map.of(), Optional.of(binding));
        RecordTaker taker = new HandlerTaker(context, routes).create(session, () -> true);
        session.takenBy(taker);
    }

    private static ConsumerSettings settings(FailurePolicy policy) {
        return new ConsumerSettings(
                "billing",
                "billing",
                new Subscription.Topics(new TreeSet<>(Set.of(PARTITION.topic()))),
                new StartFrom.Earliest(),
                MissingTopics.WAIT,
                policy,
                Ordering.PARTITION,
                Batching.DEFAULT,
                Timing.DEFAULT,
                Buffers.DEFAULT,
                MetadataLimits.DEFAULT,
                KafkaProperties.of(Map.of()));
    }

    private Environment environment() {
        return new Environment(
                () -> now,
                InstantSource.system(),
                ParkingWaiting.SYSTEM,
                running,
                running,
                CallRunner.INLINE,
                () -> Long.MIN_VALUE,
                1,
                new PlainKafkaClients());
    }

    private static MockProducer<byte[], byte[]> heldProducer() {
        Node node = new Node(1, "127.0.0.1", 1);
        Node[] replicas = {node};
        PartitionInfo only = new PartitionInfo("orders.dlt", 0, node, replicas, replicas);
        Cluster cluster = new Cluster("stepped", List.of(node), List.of(only), Set.of(), Set.of());
        return new MockProducer<>(cluster, false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void deliver(int count) {
        long first = session.ledger().deliveredNext();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (long offset = first; offset < first + count; offset++) {
            records.add(new ConsumerRecord<>(PARTITION.topic(), 0, offset, new byte[] {1}, new byte[] {2}));
        }
        session.offer(Batch.of(records), first + count, Optional.empty());
    }

    /** Steps until the worker wants to wait, and returns for what. */
    Next settle() {
        Next next = Next.NOW;
        for (int steps = 0; next instanceof Next.Now || next instanceof Next.AfterOthers; steps++) {
            if (steps == MOST_STEPS) {
                throw new AssertionError("the worker spins; it did " + MOST_STEPS + " steps at once: " + events);
            }
            next = running.step();
        }
        return next;
    }

    Next step() {
        return running.step();
    }

    void pass(Duration time) {
        now += time.toNanos();
    }

    long now() {
        return now;
    }

    PartitionSession session() {
        return session;
    }

    MockProducer<byte[], byte[]> producer() {
        return producer;
    }

    HandSteps running() {
        return running;
    }

    List<Throwable> fatal() {
        return fatal;
    }

    List<GroupEvent> events() {
        return events;
    }

    <T extends GroupEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
