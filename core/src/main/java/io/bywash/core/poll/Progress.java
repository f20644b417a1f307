package io.bywash.core.poll;

import io.bywash.core.environment.Environment;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.PauseReason;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.session.Obstacle;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.GroupSnapshot;
import io.bywash.core.snapshot.HoldCause;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.core.thread.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * What the outside sees of the partitions. The poll thread takes a snapshot twice a second; metrics and applications read the
 * last one. The end of a log comes from the client, whose knowledge stands still while a partition is paused; then it comes from
 * {@link TopicWatch}, which asks on a thread of its own.
 */
public final class Progress {
    private static final long INTERVAL_NANOS = Duration.ofMillis(500).toNanos();
    private static final Comparator<PartitionSnapshot> ORDER = Comparator.comparing(
                    (PartitionSnapshot snapshot) -> snapshot.partition().topic())
            .thenComparingInt(snapshot -> snapshot.partition().partition());

    private final Ticker ticker;
    private final InstantSource clock;
    private final ConsumerMetrics metrics;
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
    private final Map<TopicPartition, PartitionSnapshot> latest = new ConcurrentHashMap<>();
    private final Set<TopicPartition> present = ConcurrentHashMap.newKeySet();
    private final Map<TopicPartition, Stand> stands = new ConcurrentHashMap<>();
    private volatile GroupSnapshot snapshot = GroupSnapshot.EMPTY;
    private volatile Set<TopicPartition> paused = Set.of();
    private volatile long inFlight;
    private long lastTaken;

    /** Where a frontier has been since when although records wait. */
    private record Stand(long frontier, long since) {}

    /**
     * Creates the view of a consumer and registers its gauges.
     *
     * @param environment tells the time
     * @param metrics where the gauges go
     */
    public Progress(Environment environment, ConsumerMetrics metrics) {
        this.ticker = environment.ticker();
        this.clock = environment.clock();
        this.metrics = metrics;
        this.lastTaken = ticker.nanos() - INTERVAL_NANOS;
        metrics.gauge("lag", () -> snapshot.lag());
        metrics.gauge("buffered", () -> snapshot.buffered());
        metrics.gauge("in-flight", () -> inFlight);
        metrics.gauge(
                "frontier-age",
                () -> stands.values().stream()
                        .mapToLong(this::millisSince)
                        .max()
                        .orElse(0));
        metrics.gauge("partitions", () -> snapshot.partitions().size());
        metrics.gauge("paused-partitions", () -> paused.size());
    }

    /**
     * Returns the last snapshot. May be called from any thread.
     *
     * @return where the partitions stood at most half a second ago, while the poll thread turns
     */
    public GroupSnapshot snapshot() {
        return snapshot;
    }

    /** Returns the topics of the partitions that are here now. May be called from any thread. */
    Set<String> topics() {
        return present.stream().map(TopicPartition::topic).collect(Collectors.toSet());
    }

    /** Returns the partitions that were paused at the last snapshot. May be called from any thread. */
    Set<TopicPartition> paused() {
        return paused;
    }

    /** Notes the ends of logs. May be called from any thread. */
    void heard(Map<TopicPartition, Long> logEnds) {
        logEnds.forEach((partition, end) -> ends.merge(partition, end, Math::max));
    }

    void begin(PartitionSession session) {
        TopicPartition partition = session.partition();
        present.add(partition);
        gauge(partition, "lag", PartitionSnapshot::lag);
        gauge(partition, "buffered", PartitionSnapshot::buffered);
        gauge(partition, "committed", PartitionSnapshot::committed);
        gauge(partition, "frontier", PartitionSnapshot::frontier);
        metrics.gauge(
                partition,
                "frontier-age",
                () -> Optional.ofNullable(stands.get(partition))
                        .map(this::millisSince)
                        .orElse(0L));
    }

    void forget(PartitionSession session) {
        metrics.remove(session.partition());
        latest.remove(session.partition());
        stands.remove(session.partition());
        present.remove(session.partition());
        ends.remove(session.partition());
    }

    private void gauge(TopicPartition partition, String name, ToLongFunction<PartitionSnapshot> value) {
        metrics.gauge(
                partition,
                name,
                () -> Optional.ofNullable(latest.get(partition))
                        .map(value::applyAsLong)
                        .orElse(0L));
    }

    /** Takes a snapshot if it is time. */
    void turn(ConsumerState state, Consumer<byte[], byte[]> consumer, Collection<PartitionSession> sessions) {
        long now = ticker.nanos();
        if (now - lastTaken < INTERVAL_NANOS) {
            return;
        }
        lastTaken = now;
        List<PartitionSnapshot> partitions = new ArrayList<>(sessions.size());
        long calls = 0;
        for (PartitionSession session : sessions) {
            calls += session.taker().calls().size();
            PartitionSnapshot taken = take(consumer, session);
            latest.put(session.partition(), taken);
            look(taken, now);
            partitions.add(taken);
        }
        partitions.sort(ORDER);
        snapshot = new GroupSnapshot(state, clock.instant(), List.copyOf(partitions));
        paused = Set.copyOf(consumer.paused());
        inFlight = calls;
    }

    private void look(PartitionSnapshot taken, long now) {
        if (taken.buffered() == 0) {
            stands.remove(taken.partition());
        } else {
            Stand here = new Stand(taken.frontier(), now);
            stands.merge(taken.partition(), here, (old, fresh) -> old.frontier() == fresh.frontier() ? old : fresh);
        }
    }

    private long millisSince(Stand stand) {
        return TimeUnit.NANOSECONDS.toMillis(ticker.nanos() - stand.since());
    }

    private PartitionSnapshot take(Consumer<byte[], byte[]> consumer, PartitionSession session) {
        TopicPartition partition = session.partition();
        long position = session.ledger().deliveredNext();
        OptionalLong ahead = session.pauseReasons().isEmpty() ? consumer.currentLag(partition) : OptionalLong.empty();
        if (ahead.isPresent()) {
            ends.put(partition, position + ahead.getAsLong());
        }
        return new PartitionSnapshot(
                partition,
                "",
                session.commits().committed(),
                session.ledger().frontierOffset(),
                position,
                ends.getOrDefault(partition, -1L),
                session.queue().waitingRecords(),
                Duration.ZERO,
                Set.copyOf(session.pauseReasons()),
                condition(session),
                List.of(),
                0,
                List.of());
    }

    private Condition condition(PartitionSession session) {
        Obstacle obstacle = session.positionObstacle() instanceof Obstacle.Blocked
                ? session.positionObstacle()
                : session.obstacle();
        if (obstacle instanceof Obstacle.Blocked blocked) {
            return held(blocked.reason(), true, blocked.offset(), blocked.why());
        }
        if (obstacle instanceof Obstacle.Hindered hindered) {
            return held(hindered.reason(), false, hindered.offset(), hindered.why());
        }
        return session.queue().waitingRecords() == 0 ? new Condition.Idle() : new Condition.Advancing();
    }

    private Condition held(PauseReason reason, boolean whole, long offset, String why) {
        return new Condition.Held(
                cause(reason), whole, offset, Optional.empty(), clock.instant(), Optional.empty(), why);
    }

    private static HoldCause cause(PauseReason reason) {
        return switch (reason) {
            case RETRY -> HoldCause.RETRY;
            case DEAD_LETTER_DOWN -> HoldCause.DEAD_LETTER_DOWN;
            case HALTED -> HoldCause.HALTED;
            case POSITION -> HoldCause.POSITION;
            case PREDECESSOR -> HoldCause.PREDECESSOR;
            case BUFFER_FULL -> HoldCause.LANES_BUSY;
            case MEMORY -> HoldCause.MEMORY;
            case OPERATOR -> HoldCause.OPERATOR;
            case CLOSING -> HoldCause.CLOSING;
        };
    }
}
