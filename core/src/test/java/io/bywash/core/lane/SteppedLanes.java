package io.bywash.core.lane;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.deadletter.DeadLetters;
import io.bywash.core.environment.Environment;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.session.Batch;
import io.bywash.core.session.Origin;
import io.bywash.core.session.PartitionSession;
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
import io.bywash.core.thread.Running;
import io.bywash.core.thread.Step;
import io.bywash.core.thread.StepRunner;
import io.bywash.core.worker.WorkerContext;
import io.bywash.handler.TopicHandler;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Lanes and partitions on no thread at all: a test takes every step, under a clock that stands still until it is moved, and may step in
 * wherever the engine asks for something.
 */
final class SteppedLanes {
    private static final int MOST_STEPS = 10_000;

    final List<GroupEvent> events = new ArrayList<>();
    final List<Throwable> fatal = new ArrayList<>();
    final Lanes lanes;

    private final Map<String, Hand> hands = new TreeMap<>();
    private final Deque<Runnable> pending = new ArrayDeque<>();
    private final HandlerBinding<byte[], byte[]> binding;
    private long now;
    private long epoch;
    private boolean holdingCalls;
    private Runnable atSignal = () -> {};

    SteppedLanes(int concurrency, TopicHandler<byte[], byte[]> handler) {
        this(concurrency, 1, handler, ByteArrayDeserializer::new);
    }

    SteppedLanes(
            int concurrency,
            int processors,
            TopicHandler<byte[], byte[]> handler,
            Supplier<Deserializer<byte[]>> deserializer) {
        WorkerContext context = new WorkerContext(
                settings(concurrency),
                environment(processors),
                new DeadLetters(
                        () -> {
                            throw new AssertionError("no letter is written here");
                        },
                        topic -> topic + ".dlt",
                        () -> now),
                new ConsumerMetrics(new MetricRegistry(), "billing"),
                events::add,
                fatal::add);
        binding = new HandlerBinding<>("order-handler", handler, deserializer, ByteArrayDeserializer::new);
        lanes = new Lanes(context, concurrency);
    }

    private static ConsumerSettings settings(int concurrency) {
        return new ConsumerSettings(
                "billing",
                "billing",
                new Subscription.Topics(new TreeSet<>(Set.of(LaneBench.TOPIC))),
                new StartFrom.Earliest(),
                MissingTopics.WAIT,
                FailurePolicy.DEFAULT,
                Ordering.key(concurrency),
                Batching.DEFAULT,
                Timing.DEFAULT,
                Buffers.DEFAULT,
                MetadataLimits.DEFAULT,
                KafkaProperties.of(Map.of()));
    }

    private Environment environment(int processors) {
        Environment system = Environment.system();
        StepRunner byHand = new ByHand();
        return new Environment(
                () -> now,
                system.clock(),
                system.waiting(),
                byHand,
                byHand,
                this::begin,
                () -> Long.MIN_VALUE,
                processors,
                system.clients());
    }

    private boolean begin(Runnable call, Running caller) {
        if (!holdingCalls) {
            call.run();
            return true;
        }
        pending.add(() -> {
            call.run();
            caller.signal();
        });
        return false;
    }

    /** Assigns a partition whose worker and lanes have not been stepped yet. */
    LaneWorker assign(int partition) {
        return assign(partition, session -> new Supply.Singles());
    }

    LaneWorker assign(int partition, Function<PartitionSession, Supply> supply) {
        return assign(partition, supply, binding);
    }

    /** Assigns a partition of another handler. */
    LaneWorker assign(int partition, HandlerBinding<byte[], byte[]> other) {
        return assign(partition, session -> new Supply.Singles(), other);
    }

    private LaneWorker assign(
            int partition, Function<PartitionSession, Supply> supply, HandlerBinding<byte[], byte[]> to) {
        TopicPartition at = new TopicPartition(LaneBench.TOPIC, partition);
        PartitionSession session = new PartitionSession(at, ++epoch, Origin.fresh(0, Instant.EPOCH), Integer.MAX_VALUE);
        Sequencer.Order order = new Sequencer.Order(new KeyOrder.ByKey(1), supply.apply(session));
        LaneWorker worker = new LaneWorker(lanes, session, to, () -> true, order);
        session.takenBy(worker);
        worker.start();
        return worker;
    }

    /** Delivers a record for each key. */
    void deliver(LaneWorker to, int... keys) {
        long first = to.session().ledger().deliveredNext();
        List<ConsumerRecord<byte[], byte[]>> records = IntStream.range(0, keys.length)
                .mapToObj(i -> KeyChecker.record(first + i, keys[i]))
                .toList();
        to.session().offer(Batch.of(records), first + keys.length, Optional.empty());
    }

    /** Begins calls without ending them from now on. */
    void holdCalls() {
        holdingCalls = true;
    }

    /** Begins and ends calls at once again; those that were held stay so. */
    void holdNoMore() {
        holdingCalls = false;
    }

    int held() {
        return pending.size();
    }

    /** Ends the call that was begun first. */
    void endCall() {
        pending.remove().run();
    }

    long now() {
        return now;
    }

    void pass(long nanos) {
        now += nanos;
    }

    /** Steps everything that was signalled until nothing is. */
    void settle() {
        int steps = 0;
        for (boolean again = true; again; ) {
            again = false;
            for (Hand hand : List.copyOf(hands.values())) {
                if (hand.signalled) {
                    again = true;
                    hand.step();
                    if (++steps == MOST_STEPS) {
                        throw new AssertionError("it spins: " + hand.name);
                    }
                }
            }
        }
    }

    /** Steps one of those that can be stepped, named so far as to tell it from the others. */
    Next step(String part) {
        return find(part).step();
    }

    int interrupts(String part) {
        return find(part).interrupts;
    }

    private Hand find(String part) {
        return hands.values().stream()
                .filter(hand -> hand.name.contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + part + " among " + hands.keySet()));
    }

    /** Has a test step in when the next one is signalled. */
    void atNextSignal(Runnable action) {
        atSignal = () -> {
            atSignal = () -> {};
            action.run();
        };
    }

    private final class ByHand implements StepRunner {
        @Override
        public Running prepare(String name, Step step) {
            Hand hand = new Hand(name, step);
            hands.put(name, hand);
            return hand;
        }

        @Override
        public Object current() {
            return Thread.currentThread();
        }
    }

    private final class Hand implements Running {
        private final String name;
        private final Step step;
        private boolean signalled;
        private boolean alive = true;
        private int interrupts;

        Hand(String name, Step step) {
            this.name = name;
            this.step = step;
        }

        Next step() {
            signalled = false;
            Next next = alive ? step.step() : Next.DONE;
            alive = !(next instanceof Next.Done);
            signalled |= next instanceof Next.Now || next instanceof Next.AfterOthers;
            return next;
        }

        @Override
        public void start() {
            signalled = true;
        }

        @Override
        public void signal() {
            signalled = true;
            atSignal.run();
        }

        @Override
        public void interrupt() {
            interrupts++;
        }

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<StackTraceElement> stack() {
            return List.of();
        }
    }
}
