package io.bywash.core.lane;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.binding.HandlerRoutes;
import io.bywash.core.deadletter.DeadLetters;
import io.bywash.core.environment.Environment;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.fixture.Await;
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
import io.bywash.core.thread.Running;
import io.bywash.core.thread.Step;
import io.bywash.core.thread.StepRunner;
import io.bywash.core.thread.Ticker;
import io.bywash.core.worker.WorkerContext;
import io.bywash.handler.TopicHandler;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The lanes of a consumer on real threads, and a test in the part of its poll thread. */
final class LaneBench implements AutoCloseable {
    static final String TOPIC = "orders";

    private static final long WHILE_NANOS = 1_000_000;

    final List<GroupEvent> events = new CopyOnWriteArrayList<>();
    final List<Throwable> fatal = new CopyOnWriteArrayList<>();
    final MockProducer<byte[], byte[]> producer = heldProducer();
    final AtomicInteger workerSteps = new AtomicInteger();
    final AtomicInteger lanes = new AtomicInteger();
    final LaneTakers takers;
    private final List<PartitionSession> sessions = new CopyOnWriteArrayList<>();
    private long epoch;

    private LaneBench(TopicHandler<byte[], byte[]> handler, FailurePolicy failures, Ordering ordering, Ticker ticker) {
        WorkerContext context = new WorkerContext(
                settings(failures, ordering),
                environment(ticker),
                new DeadLetters(() -> producer, topic -> topic + ".dlt", ticker),
                new ConsumerMetrics(new MetricRegistry(), "billing"),
                events::add,
                fatal::add);
        HandlerBinding<byte[], byte[]> binding =
                new HandlerBinding<>("order-handler", handler, ByteArrayDeserializer::new, ByteArrayDeserializer::new);
        takers = new LaneTakers(context, new HandlerRoutes(Map.of(), Optional.of(binding)));
    }

    static LaneBench byKey(int lanes, FailurePolicy failures, TopicHandler<byte[], byte[]> handler) {
        return new LaneBench(handler, failures, Ordering.key(lanes), Ticker.SYSTEM);
    }

    /** Has the test, in the part of the poll thread, look after the lanes as if a while had passed since it last did. */
    static LaneBench lookedAfterAllTheTime(int lanes, TopicHandler<byte[], byte[]> handler) {
        Thread test = Thread.currentThread();
        AtomicLong ahead = new AtomicLong(System.nanoTime());
        Ticker leaping = () -> Thread.currentThread() == test ? ahead.addAndGet(WHILE_NANOS) : System.nanoTime();
        return new LaneBench(handler, FailurePolicy.DEFAULT, Ordering.key(lanes), leaping);
    }

    /** Counts how often the worker of a partition looks at the clock, which it does for each failed record that it sees to. */
    static LaneBench countingLooks(AtomicInteger looks, FailurePolicy failures, TopicHandler<byte[], byte[]> handler) {
        Thread test = Thread.currentThread();
        Ticker counting = () -> {
            Thread asks = Thread.currentThread();
            if (asks != test && !asks.getName().contains("-lane-")) {
                looks.incrementAndGet();
            }
            return System.nanoTime();
        };
        return new LaneBench(handler, failures, Ordering.key(4), counting);
    }

    static LaneBench unordered(int lanes, FailurePolicy failures, TopicHandler<byte[], byte[]> handler) {
        return new LaneBench(handler, failures, Ordering.none(lanes), Ticker.SYSTEM);
    }

    private Environment environment(Ticker ticker) {
        Environment system = Environment.system();
        return new Environment(
                ticker,
                system.clock(),
                system.waiting(),
                system.runner(),
                new CountingRunner(system.workers()),
                system.calls(),
                system.random(),
                system.processors(),
                system.clients());
    }

    /** Counts the lanes, and the steps of the partitions' workers. */
    private final class CountingRunner implements StepRunner {
        private final StepRunner runner;

        CountingRunner(StepRunner runner) {
            this.runner = runner;
        }

        @Override
        public Running prepare(String name, Step step) {
            if (name.contains("-lane-")) {
                lanes.incrementAndGet();
                return runner.prepare(name, step);
            }
            return runner.prepare(name, () -> {
                workerSteps.incrementAndGet();
                return step.step();
            });
        }

        @Override
        public Object current() {
            return runner.current();
        }
    }

    private static ConsumerSettings settings(FailurePolicy failures, Ordering ordering) {
        return new ConsumerSettings(
                "billing",
                "billing",
                new Subscription.Topics(new TreeSet<>(Set.of(TOPIC))),
                new StartFrom.Earliest(),
                MissingTopics.WAIT,
                failures,
                ordering,
                Batching.DEFAULT,
                Timing.DEFAULT,
                Buffers.DEFAULT,
                MetadataLimits.DEFAULT,
                KafkaProperties.of(Map.of()));
    }

    private static MockProducer<byte[], byte[]> heldProducer() {
        Node node = new Node(1, "127.0.0.1", 1);
        Node[] replicas = {node};
        PartitionInfo only = new PartitionInfo(TOPIC + ".dlt", 0, node, replicas, replicas);
        Cluster cluster = new Cluster("bench", List.of(node), List.of(only), Set.of(), Set.of());
        return new MockProducer<>(cluster, false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    PartitionSession assign(int partition) {
        return assign(partition, Origin.fresh(0, Instant.EPOCH));
    }

    PartitionSession assign(int partition, Origin origin) {
        TopicPartition at = new TopicPartition(TOPIC, partition);
        PartitionSession session = new PartitionSession(at, ++epoch, origin, Integer.MAX_VALUE);
        List<RecordTaker> former = sessions.stream()
                .filter(one -> one.partition().equals(at))
                .map(PartitionSession::taker)
                .toList();
        RecordTaker taker = takers.create(session, () -> former.stream().allMatch(RecordTaker::isQuiet));
        session.takenBy(taker);
        sessions.add(session);
        taker.start();
        return session;
    }

    void deliver(PartitionSession session, List<ConsumerRecord<byte[], byte[]>> records) {
        session.offer(Batch.of(records), records.get(records.size() - 1).offset() + 1, Optional.empty());
    }

    /** Turns as the poll thread does until all that was delivered is complete. */
    void awaitComplete(PartitionSession session) {
        Await.until(
                () -> session + " stands at " + session.ledger().frontierOffset() + " of "
                        + session.ledger().deliveredNext() + ", " + session.obstacle() + ", fatal: " + fatal,
                () -> {
                    takers.turn();
                    return session.ledger().frontierOffset() == session.ledger().deliveredNext();
                });
    }

    void awaitQuiet(PartitionSession session) {
        Await.until(
                () -> session + " has calls " + session.taker().calls(),
                () -> session.taker().isQuiet());
    }

    @Override
    public void close() {
        sessions.forEach(PartitionSession::stop);
        sessions.forEach(this::awaitQuiet);
        takers.close();
    }
}
