package io.bywash.core.poll;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.clients.KafkaClients;
import io.bywash.core.clients.TopicAdmin;
import io.bywash.core.environment.Environment;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.session.TakerFactory;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.TopicPartition;

/** A poll loop that is called step by step, by a clock that is set by hand. */
final class LoopBench {
    static final Duration DRAIN = Duration.ofSeconds(10);

    final List<GroupEvent> events = new ArrayList<>();
    final StubbornClient client = new StubbornClient();

    /** The one that the loop makes if it has to replace the first. */
    final StubbornClient successor = new StubbornClient();

    final PollLoop loop;
    final PollContext context;
    private final MetricRegistry registry = new MetricRegistry();
    private final ConsumerMetrics metrics = new ConsumerMetrics(registry, "billing");
    private long now;

    /** Whether all is closed that the consumer had opened. */
    boolean ended;

    /**
     * Creates a loop that has subscribed.
     *
     * @param failures tells how long an attempt may take
     * @param kafka more of the client's settings
     * @param taker takes the records of every partition
     */
    LoopBench(FailurePolicy failures, Map<String, Object> kafka, RecordTaker taker) {
        this(failures, kafka, (session, formerQuiet) -> taker);
    }

    LoopBench(FailurePolicy failures, Map<String, Object> kafka, TakerFactory takers) {
        Environment environment = environment();
        ConsumerSettings settings = new ConsumerSettings(
                "billing",
                "billing",
                new Subscription.Topics(new TreeSet<>(Set.of("orders"))),
                new StartFrom.Earliest(),
                MissingTopics.WAIT,
                failures,
                Ordering.PARTITION,
                Batching.DEFAULT,
                new Timing(Duration.ofSeconds(1), DRAIN, Duration.ofHours(1), Duration.ofHours(1)),
                Buffers.DEFAULT,
                MetadataLimits.DEFAULT,
                KafkaProperties.of(kafka));
        context = new PollContext(
                settings,
                environment,
                metrics,
                events::add,
                new Status(event -> {}, () -> now + DRAIN.toNanos()),
                new Progress(environment, metrics, 1_000),
                new RedriveTopics(settings),
                new TopicIds(),
                new ThreadOwner("the poll loop", environment.runner()));
        loop = new PollLoop(context, takers, topic -> topic, deadline -> ended = true);
        context.status().begin();
        loop.step();
    }

    private Environment environment() {
        Environment real = Environment.system();
        return new Environment(
                () -> now,
                real.clock(),
                this::until,
                real.runner(),
                real.workers(),
                real.calls(),
                real.random(),
                real.processors(),
                new TwoConsumers(new ArrayDeque<>(List.of(client, successor))));
    }

    private boolean until(BooleanSupplier condition, long deadlineNanos) {
        if (!condition.getAsBoolean()) {
            now = deadlineNanos;
        }
        return condition.getAsBoolean();
    }

    private record TwoConsumers(Queue<StubbornClient> left) implements KafkaClients {
        @Override
        public Consumer<byte[], byte[]> consumer(Map<String, Object> properties, ClusterResourceListener cluster) {
            return left.remove();
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

    /** Assigns so many partitions of the topic, which begin at offset 0. */
    void assign(int partitions) {
        assign(client, partitions);
    }

    /** Assigns them to one of the two clients. */
    void assign(StubbornClient to, int partitions) {
        Set<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(number -> new TopicPartition("orders", number))
                .collect(Collectors.toSet());
        to.has(all);
        to.rebalance(all);
    }

    /** Takes a step and lets the time pass until the next one is due; one that is due at once takes a millisecond. */
    Next step() {
        Next next = loop.step();
        now = next instanceof Next.At at
                ? at.nanos()
                : now + Duration.ofMillis(1).toNanos();
        return next;
    }

    void pass(Duration time) {
        now += time.toNanos();
    }

    long now() {
        return now;
    }

    <E extends GroupEvent> List<E> heard(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Steps until the loop has ended; returns how long that took. */
    Duration stop() {
        long began = now;
        context.status().close(now + DRAIN.toNanos());
        while (step() != Next.DONE) {
            assertTrue(now - began < DRAIN.toNanos(), "it stops in time");
        }
        return Duration.ofNanos(now - began);
    }
}
