package io.bywash.core.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.bywash.core.environment.Environment;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.PauseReason;
import io.bywash.core.fixture.IdleTaker;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.session.Origin;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.TopicId;
import io.bywash.core.settings.Batching;
import io.bywash.core.settings.Buffers;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.KafkaProperties;
import io.bywash.core.settings.MetadataLimits;
import io.bywash.core.settings.MissingTopics;
import io.bywash.core.settings.OnFailure;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.StartFrom;
import io.bywash.core.settings.Subscription;
import io.bywash.core.settings.Timing;
import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.GroupSnapshot;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.core.thread.Next;
import io.bywash.core.thread.ThreadOwner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class TopicWatchTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    private static final Subscription LISTED = new Subscription.Topics(new TreeSet<>(Set.of("orders")));

    private final ScriptedTopicAdmin admin = new ScriptedTopicAdmin();
    private final MetricRegistry registry = new MetricRegistry();
    private final List<GroupEvent> events = new ArrayList<>();
    private long now;
    private PollContext context;

    private TopicWatch watch(Subscription subscription, FailurePolicy failures) {
        return watch(subscription, failures, MissingTopics.WAIT);
    }

    private TopicWatch watch(Subscription subscription, FailurePolicy failures, MissingTopics missing) {
        return watch(subscription, failures, missing, Map.of());
    }

    private TopicWatch watch(
            Subscription subscription, FailurePolicy failures, MissingTopics missing, Map<String, String> kafka) {
        Environment real = Environment.system();
        Environment still = new Environment(
                () -> now,
                real.clock(),
                real.waiting(),
                real.runner(),
                real.workers(),
                real.calls(),
                real.random(),
                real.processors(),
                real.clients());
        ConsumerMetrics metrics = new ConsumerMetrics(registry, "billing");
        ConsumerSettings settings = new ConsumerSettings(
                "billing",
                "billing",
                subscription,
                new StartFrom.Earliest(),
                missing,
                failures,
                Ordering.PARTITION,
                Batching.DEFAULT,
                Timing.DEFAULT,
                Buffers.DEFAULT,
                MetadataLimits.DEFAULT,
                KafkaProperties.of(kafka));
        context = new PollContext(
                settings,
                still,
                metrics,
                events::add,
                new Status(events::add, () -> 0),
                new Progress(still, metrics, 1_000),
                new RedriveTopics(settings),
                new TopicIds(),
                new ThreadOwner("the poll loop", still.runner()));
        return new TopicWatch(context, () -> admin);
    }

    /** Looks a second after the last time. */
    private Next step(TopicWatch watch) {
        now += Duration.ofSeconds(1).toNanos();
        return watch.step();
    }

    private Duration untilNext(Next next) {
        return Duration.ofNanos(assertInstanceOf(Next.At.class, next).nanos() - now);
    }

    @Test
    void aDeadLetterTopicIsCreatedOnceWithAsManyPartitionsAsItsSource() {
        admin.topics.put("orders", 7);
        TopicWatch watch = watch(LISTED, FailurePolicy.DEFAULT);
        step(watch);
        assertEquals(Map.of("orders.billing.dlt", 7), admin.created);

        admin.topics.remove("orders.billing.dlt");
        admin.created.clear();
        step(watch);
        assertEquals(Map.of(), admin.created, "a topic that was deleted since is not the consumer's to create again");
    }

    @Test
    void aDeadLetterTopicThatExistsIsLeftAsItIs() {
        admin.topics.putAll(Map.of("orders", 7, "orders.billing.dlt", 2));
        watch(LISTED, FailurePolicy.DEFAULT).step();
        assertEquals(Map.of(), admin.created);
    }

    @Test
    void noDeadLetterTopicIsCreatedForAPolicyThatWritesNone() {
        admin.topics.put("orders", 7);
        watch(LISTED, FailurePolicy.DEFAULT.withOnFailure(OnFailure.HALT)).step();
        assertEquals(Map.of(), admin.created);
    }

    @Test
    void aTopicThatAPatternTookInGetsItsDeadLetterTopicAsSoonAsItIsHere() {
        admin.topics.putAll(Map.of("orders", 7, "returns", 3));
        TopicWatch watch =
                watch(new Subscription.Matching(Pattern.compile(".+"), Optional.empty()), FailurePolicy.DEFAULT);
        step(watch);
        assertEquals(Map.of(), admin.created);

        context.progress().begin(session());
        step(watch);
        assertEquals(Map.of("orders.billing.dlt", 7), admin.created);
    }

    @Test
    void aDeadLetterTopicThatMayNotBeWrittenStopsTheConsumer() {
        admin.topics.put("orders", 7);
        admin.readOnly.add("orders.billing.dlt");
        watch(LISTED, FailurePolicy.DEFAULT).step();

        ConsumerFailedException failure = context.status().failure().orElseThrow();
        assertEquals(ConsumerFailedException.Kind.REFUSED, failure.kind());
        assertEquals(
                "consumer billing may not write its dead-letter topic orders.billing.dlt:"
                        + " Not authorized to access topics: [orders.billing.dlt]; create the topic with 7 partitions and allow"
                        + " WRITE and DESCRIBE on it, or set on-failure = skip or halt",
                failure.getMessage());
    }

    @Test
    void aTopicThatIsDeletedLaterIsReportedAndStopsNobody() {
        admin.topics.put("orders", 1);
        TopicWatch watch = watch(LISTED, FailurePolicy.DEFAULT, MissingTopics.FAIL);
        step(watch);
        admin.topics.remove("orders");
        step(watch);
        assertEquals(Optional.empty(), context.status().failure());
        assertEquals(List.of(new GroupEvent.TopicsMissing(Set.of("orders"))), events);
    }

    @Test
    void aBrokerThatDoesNotAnswerIsAskedAgain() {
        admin.topics.put("orders", 1);
        admin.outage = Optional.of(new TimeoutException("no answer"));
        TopicWatch watch = watch(LISTED, FailurePolicy.DEFAULT);
        assertEquals(Duration.ofSeconds(1), untilNext(step(watch)));
        assertEquals(List.of(new GroupEvent.PollFailed(admin.outage.get())), events);

        admin.outage = Optional.empty();
        step(watch);
        assertEquals(Map.of("orders.billing.dlt", 1), admin.created);
    }

    @Test
    void theLagOfAPausedPartitionComesFromTheEndOfItsLogEveryTenSeconds() {
        admin.topics.put("orders", 1);
        TopicWatch watch = watch(LISTED, FailurePolicy.DEFAULT);
        PartitionSession session = session();
        session.pauseReasons().add(PauseReason.OPERATOR);
        MockConsumer<byte[], byte[]> client = new MockConsumer<>("none");
        client.assign(List.of(PARTITION));
        client.seek(PARTITION, 10);
        client.pause(List.of(PARTITION));
        context.progress().begin(session);
        snapshot(client);
        assertEquals(0L, lag());

        admin.ends.put(PARTITION, 25L);
        assertEquals(Duration.ofSeconds(10), untilNext(step(watch)));
        snapshot(client);
        assertEquals(15L, lag());

        admin.ends.put(PARTITION, 40L);
        step(watch);
        snapshot(client);
        assertEquals(30L, lag());
    }

    @Test
    void theLagCountsWhatTheConsumerCanSee() {
        admin.topics.put("orders", 1);
        TopicWatch watch =
                watch(LISTED, FailurePolicy.DEFAULT, MissingTopics.WAIT, Map.of("isolation.level", "read_committed"));
        PartitionSession session = session();
        session.pauseReasons().add(PauseReason.OPERATOR);
        MockConsumer<byte[], byte[]> client = new MockConsumer<>("none");
        client.assign(List.of(PARTITION));
        client.seek(PARTITION, 10);
        client.pause(List.of(PARTITION));
        context.progress().begin(session);
        snapshot(client);
        admin.ends.put(PARTITION, 25L);
        admin.committedEnds.put(PARTITION, 20L);
        step(watch);
        snapshot(client);
        assertEquals(10L, lag());
    }

    @Test
    void aFailureOfAnyKindIsToldAndAskedAgainLater() {
        RuntimeException odd = new IllegalStateException("the admin client is in a bad mood");
        admin.outage = Optional.of(odd);
        TopicWatch watch = watch(LISTED, FailurePolicy.DEFAULT);
        assertEquals(Duration.ofSeconds(1), untilNext(step(watch)));
        assertEquals(List.of(new GroupEvent.PollFailed(odd)), events);
    }

    @Test
    void whatItSaysOfTopicsIsNoOlderThanTheSessionsThereWereWhenItAsked() {
        TopicId id = new TopicId(5, 1);
        admin.topics.put("orders", 1);
        admin.ids.put("orders", id);
        TopicWatch watch = watch(LISTED, FailurePolicy.DEFAULT);
        context.topicIds().opened(3);
        step(watch);
        context.topicIds().opened(4);
        assertEquals(
                new TopicIds.Look(now, now, 3, Map.of("orders", id)),
                context.topicIds().latest());
        step(watch);
        assertEquals(
                new TopicIds.Look(now, now, 4, Map.of("orders", id)),
                context.topicIds().latest());
    }

    private void snapshot(MockConsumer<byte[], byte[]> client) {
        now += Duration.ofSeconds(1).toNanos();
        Moment moment = new Moment(now, Instant.now(), Optional.empty(), Optional.empty(), Optional.empty());
        PartitionView.Look look = new PartitionView.Look(moment, List.of(), facts -> new Condition.Advancing(), "");
        List<PartitionSnapshot> taken = context.progress().views().stream()
                .map(view -> {
                    view.ask(client);
                    return view.take(look);
                })
                .toList();
        GroupSnapshot all = new GroupSnapshot(ConsumerState.RUNNING, moment.instant(), taken);
        context.progress().publish(all, client.paused(), 0);
    }

    private long lag() {
        return (Long) ((Gauge<?>) registry.getMetrics().get("bywash.billing.orders.0.lag")).getValue();
    }

    private static PartitionSession session() {
        PartitionSession session = new PartitionSession(PARTITION, 1, Origin.fresh(10, Instant.EPOCH), 1_000);
        session.takenBy(new IdleTaker());
        return session;
    }
}
