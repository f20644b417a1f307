package io.bywash.core.commit;

import io.bywash.core.event.EventSink;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.ledger.Frontier;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.metrics.ConsumerMetrics.Count;
import io.bywash.core.session.FailedRecord;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.thread.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Commits the frontiers of sessions: at an interval while they are open, and once more when they end.
 *
 * <p>Every commit is computed from the ledgers at the moment it is sent, never kept for later, so none can go back behind another.
 * One is under way at a time. A failed commit costs nothing but time: the next one covers it.
 */
public final class Committer {
    private final long intervalNanos;
    private final Ticker ticker;
    private final ConsumerMetrics metrics;
    private final EventSink events;
    private final List<java.util.function.Consumer<Optional<Exception>>> requests = new ArrayList<>();
    private long lastSent;
    private boolean underWay;
    private boolean atOnce;
    private boolean refused;

    /** What is committed for a session, and what that tells the next owner of a failed record. */
    private record Position(OffsetAndMetadata offset, Optional<FailedRecord> failed) {}

    /**
     * Creates a committer.
     *
     * @param interval between two commits
     * @param ticker measures the interval
     * @param metrics counts commits
     * @param events takes failures
     */
    public Committer(Duration interval, Ticker ticker, ConsumerMetrics metrics, EventSink events) {
        this.intervalNanos = interval.toNanos();
        this.ticker = ticker;
        this.metrics = metrics;
        this.events = events;
        this.lastSent = ticker.nanos();
    }

    /** Lets the next turn commit without waiting for the interval. */
    public void hurry() {
        atOnce = true;
    }

    /**
     * Tells whether the broker refused the last commit for want of rights.
     *
     * @return false once a commit succeeds
     */
    public boolean isRefused() {
        return refused;
    }

    /** Forgets a commit under way, when the client that sent it is gone and will not answer. */
    public void clientReplaced() {
        underWay = false;
    }

    /**
     * Commits at the next turn, and tells when it is done.
     *
     * @param done called by the poll thread with the failure, or with nothing once the broker has what was complete at the turn
     */
    public void request(java.util.function.Consumer<Optional<Exception>> done) {
        requests.add(done);
        atOnce = true;
    }

    /**
     * Commits if it is time and anything moved.
     *
     * @param consumer the client
     * @param sessions the open sessions
     * @throws KafkaException if the client did not take the commit; a later turn tries again
     */
    public void turn(Consumer<byte[], byte[]> consumer, Collection<PartitionSession> sessions) {
        long now = ticker.nanos();
        if (underWay || (!atOnce && now - lastSent < intervalNanos)) {
            return;
        }
        lastSent = now;
        atOnce = false;
        List<java.util.function.Consumer<Optional<Exception>>> asked = List.copyOf(requests);
        requests.clear();
        Map<PartitionSession, Position> due = due(sessions);
        if (due.isEmpty()) {
            asked.forEach(done -> done.accept(Optional.empty()));
            return;
        }
        underWay = true;
        try {
            consumer.commitAsync(byPartition(due), (offsets, failure) -> {
                underWay = false;
                if (failure == null) {
                    acknowledge(due);
                } else {
                    fail(failure);
                }
                asked.forEach(done -> done.accept(Optional.ofNullable(failure)));
            });
        } catch (KafkaException e) {
            // The client may never have sent it, and then will not answer.
            underWay = false;
            asked.forEach(done -> done.accept(Optional.of(e)));
            throw e;
        }
    }

    /**
     * Commits the last frontiers of sessions that end, and waits for the answer. Never throws: what cannot be committed now is
     * read again by the next owner.
     *
     * @param consumer the client
     * @param ending sessions that take no more records
     * @param timeout how long to wait
     * @param failures what to hand on of a failed record
     */
    public void finish(
            Consumer<byte[], byte[]> consumer,
            Collection<PartitionSession> ending,
            Duration timeout,
            UnaryOperator<Optional<FailedRecord>> failures) {
        Map<PartitionSession, Position> last = new HashMap<>();
        for (PartitionSession session : ending) {
            Frontier frontier = session.ledger().frontier();
            Optional<FailedRecord> failed = failures.apply(session.failed());
            if (session.commits().isDue(frontier.offset())
                    || !session.commits().failed().equals(failed)) {
                last.put(session, position(session, frontier, failed));
            }
        }
        if (last.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(byPartition(last), timeout);
            acknowledge(last);
        } catch (KafkaException e) {
            fail(e);
        }
    }

    private static Map<PartitionSession, Position> due(Collection<PartitionSession> sessions) {
        Map<PartitionSession, Position> due = new HashMap<>();
        for (PartitionSession session : sessions) {
            if (session.commits().isDue(session.ledger().frontierOffset())) {
                due.put(session, position(session, session.ledger().frontier(), session.failed()));
            }
        }
        return due;
    }

    private static Position position(PartitionSession session, Frontier frontier, Optional<FailedRecord> failed) {
        Optional<FailedRecord> ahead = failed.filter(record -> record.offset() >= frontier.offset());
        CommitMetadata metadata = new CommitMetadata(
                session.origin().groupStart(),
                ahead,
                frontier.text().or(() -> session.origin().text()));
        return new Position(new OffsetAndMetadata(frontier.offset(), frontier.leaderEpoch(), metadata.encode()), ahead);
    }

    private void acknowledge(Map<PartitionSession, Position> positions) {
        refused = false;
        metrics.add(Count.COMMITS, 1);
        positions.forEach((session, position) ->
                session.commits().acknowledged(position.offset().offset(), position.failed()));
    }

    private void fail(Exception failure) {
        refused = failure instanceof AuthenticationException || failure instanceof AuthorizationException;
        metrics.add(Count.COMMIT_FAILURES, 1);
        events.publish(new GroupEvent.CommitFailed(failure));
    }

    private static Map<TopicPartition, OffsetAndMetadata> byPartition(Map<PartitionSession, Position> positions) {
        Map<TopicPartition, OffsetAndMetadata> byPartition = new HashMap<>();
        positions.forEach((session, position) -> byPartition.put(session.partition(), position.offset()));
        return byPartition;
    }
}
