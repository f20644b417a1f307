package io.bywash.core.poll;

import io.bywash.core.commit.Committer;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.GroupEvent.JumpReason;
import io.bywash.core.event.PauseReason;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.metrics.ConsumerMetrics.Count;
import io.bywash.core.session.Obstacle;
import io.bywash.core.session.Origin;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.TopicId;
import io.bywash.core.snapshot.HoldCause;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Sets every position there is, so that none is left to the client: at an assignment, and when a position turns out not to exist.
 * Belongs to the poll thread.
 */
final class Positions {
    private static final long RETRY_NANOS = Duration.ofMillis(500).toNanos();

    private final PollContext context;
    private final Sessions sessions;
    private final Committer committer;
    private final StartPositions startPositions;
    private final Duration timeout;
    private final Map<TopicPartition, Unresolved> unresolved = new HashMap<>();
    private final TopicChanges topicChanges;
    private final LeaderEpochs leaderEpochs = new LeaderEpochs();
    private TopicIds.Look compared;
    private long retryAt;

    /** Since when the broker does not tell a position, and what it says instead. */
    record Unresolved(long since, String why) {}

    Positions(PollContext context, Sessions sessions, Committer committer) {
        this.context = context;
        this.sessions = sessions;
        this.committer = committer;
        this.topicChanges = new TopicChanges();
        this.compared = context.topicIds().latest();
        this.timeout = boundedBy(context.settings().timing().drainTimeout());
        this.startPositions = new StartPositions(context, timeout, leaderEpochs);
    }

    private static Duration boundedBy(Duration drainTimeout) {
        Duration most = Duration.ofSeconds(5);
        return drainTimeout.compareTo(most) < 0 ? drainTimeout : most;
    }

    /** Begins with new partitions. If the broker does not tell where, they wait, paused, and it is asked again later. */
    void begin(Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        List<TopicPartition> fresh = withoutSession(partitions);
        if (fresh.isEmpty()) {
            return;
        }
        try {
            open(consumer, startPositions.find(consumer, fresh));
            List<TopicPartition> left = withoutSession(fresh);
            if (!left.isEmpty()) {
                park(consumer, left, "it left them out of its answer");
            }
        } catch (KafkaException e) {
            // Some may have begun before it failed; they keep their positions.
            park(consumer, withoutSession(fresh), String.valueOf(e.getMessage()));
            context.events().publish(new GroupEvent.RebalanceFailed(e, sessions.partitions()));
        }
        unresolved.keySet().removeIf(partition -> sessions.get(partition).isPresent());
    }

    private List<TopicPartition> withoutSession(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .filter(partition -> sessions.get(partition).isEmpty())
                .toList();
    }

    private void park(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, String why) {
        partitions.forEach(partition -> hold(consumer, partition));
        partitions.forEach(partition -> unresolved.merge(
                partition, new Unresolved(context.now(), why), (first, last) -> new Unresolved(first.since(), why)));
        retryAt = context.now() + RETRY_NANOS;
    }

    private static void hold(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        consumer.pause(Set.of(partition));
        // Any position will do while the partition is paused; a missing one would make the client look for it at every
        // poll,
        // and a wrong one complain at every poll.
        consumer.seek(partition, 0);
    }

    private void open(Consumer<byte[], byte[]> consumer, StartPositions.Found found) {
        found.committed().forEach((partition, origin) -> open(consumer, partition, origin));
        Map<TopicPartition, Long> started = new LinkedHashMap<>();
        try {
            found.fresh().forEach((partition, origin) -> {
                PartitionSession session = open(consumer, partition, origin);
                session.commits().want();
                committer.hurry();
                started.put(partition, origin.offset());
            });
        } finally {
            // Also of those that began before one failed.
            if (!started.isEmpty()) {
                context.events().publish(new GroupEvent.PartitionsStarted(Collections.unmodifiableMap(started)));
            }
        }
    }

    private PartitionSession open(Consumer<byte[], byte[]> consumer, TopicPartition partition, Origin origin) {
        seek(consumer, partition, origin);
        return open(partition, origin);
    }

    private static void seek(Consumer<byte[], byte[]> consumer, TopicPartition partition, Origin origin) {
        consumer.seek(partition, new OffsetAndMetadata(origin.offset(), origin.leaderEpoch(), ""));
    }

    private PartitionSession open(TopicPartition partition, Origin origin) {
        PartitionSession session = sessions.open(partition, origin);
        context.progress().begin(session);
        context.topicIds().opened(session.epoch());
        return session;
    }

    /** Sees to topics that were made anew, and asks again for positions that are not known yet, if it is time. */
    void turn(Consumer<byte[], byte[]> consumer) {
        compareTopics(consumer);
        if (!unresolved.isEmpty() && context.now() - retryAt >= 0 && !isClientOutdated()) {
            begin(consumer, List.copyOf(unresolved.keySet()));
        }
    }

    /** Tells whether the client has come to know what keeps it from reading a topic that was made anew. */
    boolean isClientOutdated() {
        return leaderEpochs.areInTheWay();
    }

    /** Returns the partitions whose position is not known yet; they must stay paused. */
    Map<TopicPartition, Unresolved> unresolved() {
        return unresolved;
    }

    /** Returns when it is asked for them again. */
    long retryAt() {
        return retryAt;
    }

    /** Begins anew with the partitions of topics that were deleted and made again. */
    private void compareTopics(Consumer<byte[], byte[]> consumer) {
        TopicIds.Look look = context.topicIds().latest();
        if (look.equals(compared)) {
            return;
        }
        // A log that begins later has lost what came before, which its first fetch tells.
        topicChanges
                .in(look, sessions.all())
                .forEach((session, topic) ->
                        goTo(consumer, session, new Place(0, Optional.of(topic), JumpReason.RECREATED)));
        leaderEpochs.compare(sessions.all());
        if (isClientOutdated()) {
            // A client that has nothing to commit would not learn whether the group takes commits.
            sessions.all().forEach(session -> session.commits().want());
        }
        // Last: whatever a client refuses is tried again at the next turn.
        compared = look;
    }

    /** Notes what the client was given for sessions that have come to their ends. */
    void ended(Collection<PartitionSession> gone) {
        gone.forEach(leaderEpochs::ended);
    }

    void forget(Collection<TopicPartition> gone) {
        unresolved.keySet().removeAll(gone);
    }

    /** Forgets what concerned a client that is no more. */
    void clientReplaced() {
        unresolved.clear();
        leaderEpochs.clientReplaced();
    }

    /**
     * Goes back, or on, to a position the application asked for. The session ends without a commit of what it had beyond; a new
     * one begins at the position. If the partition is gone by then, it is its next owner's to read.
     */
    void reset(Consumer<byte[], byte[]> consumer, Optional<PartitionSession> current, RecordPosition target) {
        Place place = new Place(target.offset(), Optional.empty(), JumpReason.RESET);
        current.filter(session -> session.state().counts())
                .ifPresentOrElse(session -> goTo(consumer, session, place), () -> {
                    context.metrics().add(Count.LATE, 1);
                    context.events().publish(new GroupEvent.LateResult(target));
                });
    }

    /** Where a partition goes on, of which topic if that is known, and why there. */
    private record Place(long offset, Optional<TopicId> topic, JumpReason why) {}

    private void goTo(Consumer<byte[], byte[]> consumer, PartitionSession session, Place place) {
        long from = session.ledger().deliveredNext();
        Origin origin = new Origin(
                place.offset(),
                Optional.empty(),
                List.of(),
                DoneRanges.NONE,
                session.origin().groupStart(),
                Optional.empty(),
                place.topic());
        // First, since a client that is busy may refuse it, and then nothing has changed.
        seek(consumer, session.partition(), origin);
        session.lose();
        sessions.forget(List.of(session));
        context.progress().forget(session);
        leaderEpochs.ended(session);
        PartitionSession fresh = open(session.partition(), origin);
        fresh.commits().want();
        committer.hurry();
        context.events().publish(new GroupEvent.PositionJumped(session.partition(), from, place.offset(), place.why()));
    }

    /**
     * Deals with positions the broker no longer has, or never had. Below the start of the log, retention was faster: reading goes
     * on at the start. Beyond its end, the log was cut: the partition halts, since the records at these offsets are others now. One
     * that exists by the time of asking is fetched again.
     */
    void outOfRange(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> positions) {
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(positions.keySet(), timeout);
        Map<TopicPartition, Long> ends = consumer.endOffsets(positions.keySet(), timeout);
        positions.forEach((partition, position) -> sessions.get(partition).ifPresent(session -> {
            long start = starts.getOrDefault(partition, 0L);
            if (position < start) {
                consumer.seek(partition, start);
                session.ledger().advanced(start, Optional.empty());
                context.metrics().offsetsLost(start - position);
                context.events()
                        .publish(new GroupEvent.PositionJumped(partition, position, start, JumpReason.RETENTION));
            } else if (position > ends.getOrDefault(partition, Long.MAX_VALUE)) {
                truncated(consumer, session, position);
            }
        }));
    }

    /** Halts partitions at positions that are beyond the ends of their logs. */
    void truncated(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> positions) {
        positions.forEach((partition, position) ->
                sessions.get(partition).ifPresent(session -> truncated(consumer, session, position)));
    }

    private void truncated(Consumer<byte[], byte[]> consumer, PartitionSession session, long position) {
        halt(
                consumer,
                session,
                position,
                new IllegalStateException(
                        "offset " + position + " of " + session.partition()
                                + " does not exist any more: the log was cut short, by an unclean leader election or a topic that was"
                                + " deleted and created again; check what was lost, then reset the group's offset of this partition"));
    }

    /** Halts a partition where it is; returns whether it is here. */
    boolean halt(Consumer<byte[], byte[]> consumer, String partition, LongFunction<RuntimeException> cause) {
        Optional<PartitionSession> session = sessions.all().stream()
                .filter(candidate -> candidate.partition().toString().equals(partition))
                .findAny();
        session.ifPresent(found -> {
            long position = found.ledger().deliveredNext();
            halt(consumer, found, position, cause.apply(position));
        });
        return session.isPresent();
    }

    /** Halts a partition at a position; what was delivered before it is still handled and committed. */
    void halt(Consumer<byte[], byte[]> consumer, PartitionSession session, long position, RuntimeException cause) {
        session.noPosition(new Obstacle.Barred(
                PauseReason.HALTED,
                HoldCause.POSITION,
                position,
                context.environment().clock().instant(),
                String.valueOf(cause.getMessage())));
        // At once: whoever looks before the next turn must not take the place it is held at for one that is read from.
        session.pauseReasons().add(PauseReason.HALTED);
        hold(consumer, session.partition());
        context.events()
                .publish(new GroupEvent.PartitionHalted(new RecordPosition(session.partition(), position), cause));
    }
}
