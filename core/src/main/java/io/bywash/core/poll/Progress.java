package io.bywash.core.poll;

import io.bywash.core.environment.Environment;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.settings.KafkaProperties;
import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.GroupSnapshot;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.core.thread.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * What the outside sees of a consumer. The poll thread publishes a snapshot twice a second; metrics and applications read the last
 * one. The end of a log comes from the client, whose knowledge stands still while a partition is paused, and costs too much
 * to be asked for of many partitions under {@code group.protocol=consumer} ({@link LogEnds}); then it comes from {@link TopicWatch},
 * which asks on a thread of its own.
 */
public final class Progress {
    /** By topic and number. */
    static final Comparator<TopicPartition> BY_NUMBER =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    static final Comparator<PartitionSnapshot> ORDER = Comparator.comparing(PartitionSnapshot::partition, BY_NUMBER);

    private final Ticker ticker;
    private final InstantSource clock;
    private final ConsumerMetrics metrics;
    private final Map<TopicPartition, PartitionView> views = new ConcurrentSkipListMap<>(BY_NUMBER);
    private volatile GroupSnapshot snapshot = GroupSnapshot.EMPTY;
    private volatile Set<TopicPartition> paused = Set.of();
    private volatile long inFlight;
    private volatile Optional<Long> turned = Optional.empty();

    /**
     * Creates the view of a consumer and registers its gauges.
     *
     * @param environment tells the time
     * @param metrics where the gauges go
     * @param mostPerPartition what one partition counts for at most in the backlog of all, 1 and up
     */
    public Progress(Environment environment, ConsumerMetrics metrics, int mostPerPartition) {
        this.ticker = environment.ticker();
        this.clock = environment.clock();
        this.metrics = metrics;
        metrics.gauge("lag", () -> snapshot.lag());
        metrics.gauge("backlog", () -> snapshot.backlog(mostPerPartition));
        metrics.gauge("seconds-behind", () -> snapshot.behind().toSeconds());
        metrics.gauge("buffered", () -> snapshot.buffered());
        metrics.gauge("in-flight", () -> inFlight);
        metrics.gauge(
                "frontier-age",
                () -> views.values().stream().mapToLong(this::frontierAge).max().orElse(0));
        metrics.gauge("partitions", () -> snapshot.partitions().size());
        metrics.gauge("paused-partitions", () -> paused.size());
        metrics.gauge(
                "held-partitions",
                () -> snapshot.partitions().stream().mapToLong(Progress::held).sum());
    }

    private static long held(PartitionSnapshot partition) {
        return partition.condition() instanceof Condition.Held ? 1 : 0;
    }

    /**
     * Returns the last snapshot. May be called from any thread.
     *
     * @return where the partitions stood at most half a second ago, while the poll thread turns
     */
    public GroupSnapshot snapshot() {
        return snapshot;
    }

    /**
     * Tells how long ago the poll thread last began a turn. May be called from any thread.
     *
     * @return zero before its first turn and after its last
     */
    public Duration turnAge() {
        long now = ticker.nanos();
        return turned.map(last -> Duration.ofNanos(Math.max(0, now - last))).orElse(Duration.ZERO);
    }

    /** Returns the partitions whose logs end at places the client does not tell, or not often. May be called from any thread. */
    Set<TopicPartition> unheard(KafkaProperties kafka) {
        return LogEnds.areTooMany(kafka, views.size()) ? Set.copyOf(views.keySet()) : paused;
    }

    /** Returns the topics of the partitions that are here now. May be called from any thread. */
    Set<String> topics() {
        return views.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
    }

    /** Returns the partitions that were paused at the last snapshot. May be called from any thread. */
    Set<TopicPartition> paused() {
        return paused;
    }

    /** Notes the ends of logs. May be called from any thread. */
    void heard(Map<TopicPartition, Long> logEnds) {
        logEnds.forEach((partition, end) -> view(partition).ifPresent(view -> view.heard(end)));
    }

    private Optional<PartitionView> view(TopicPartition partition) {
        return Optional.ofNullable(views.get(partition));
    }

    void begin(PartitionSession session) {
        TopicPartition partition = session.partition();
        views.put(partition, new PartitionView(session));
        gauge(partition, "lag", PartitionSnapshot::lag);
        gauge(partition, "backlog", PartitionSnapshot::backlog);
        gauge(partition, "behind", taken -> taken.behind().toMillis());
        gauge(partition, "held", Progress::held);
        gauge(partition, "buffered", PartitionSnapshot::buffered);
        gauge(partition, "committed", PartitionSnapshot::committed);
        gauge(partition, "frontier", PartitionSnapshot::frontier);
        metrics.gauge(
                partition,
                "frontier-age",
                () -> view(partition).map(this::frontierAge).orElse(0L));
    }

    private void gauge(TopicPartition partition, String name, ToLongFunction<PartitionSnapshot> value) {
        metrics.gauge(
                partition,
                name,
                () -> view(partition)
                        .flatMap(PartitionView::latest)
                        .map(value::applyAsLong)
                        .orElse(0L));
    }

    private long frontierAge(PartitionView view) {
        return view.standing()
                .map(since -> TimeUnit.NANOSECONDS.toMillis(ticker.nanos() - since))
                .orElse(0L);
    }

    void forget(PartitionSession session) {
        metrics.remove(session.partition());
        views.remove(session.partition());
    }

    /** Returns what is remembered of the partitions, in the order of their topics and numbers. */
    Collection<PartitionView> views() {
        return views.values();
    }

    /** Notes that the poll thread turns. */
    void turns() {
        turned = Optional.of(ticker.nanos());
    }

    /** Says that there is no partition, as while there is no client. */
    void none(ConsumerState state) {
        publish(new GroupSnapshot(state, clock.instant(), List.of()), Set.of(), 0);
    }

    /**
     * Says that there is no partition any more, and that the poll thread turns no more.
     *
     * @param state the last state
     */
    public void over(ConsumerState state) {
        turned = Optional.empty();
        none(state);
    }

    /** Lets everybody see a snapshot. Called by the poll thread. */
    void publish(GroupSnapshot taken, Set<TopicPartition> pausedNow, long calls) {
        paused = pausedNow;
        inFlight = calls;
        snapshot = taken;
    }
}
