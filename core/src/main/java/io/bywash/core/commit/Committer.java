package io.bywash.core.commit;

import io.bywash.core.event.EventSink;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.ledger.Frontier;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.metrics.ConsumerMetrics.Count;
import io.bywash.core.session.FailedRecord;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.settings.MetadataLimits;
import io.bywash.core.thread.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidCommitOffsetSizeException;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the frontiers of sessions: at an interval while they are open, and once more when they end.
 *
 * <p>Every commit is computed from the ledgers at the moment it is sent, never kept for later, so none can go back behind another.
 * One is under way at a time. A failed commit costs nothing but time: the next one covers it.
 */
public final class Committer {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    /** How long before a commit the workers are asked what is complete out of order. */
    private static final long ASK_BEFORE_NANOS = Duration.ofMillis(50).toNanos();

    /** Long enough for a slow broker, short enough for an operator who looks. */
    private static final long UNANSWERED_NANOS = Duration.ofSeconds(5).toNanos();

    private final long intervalNanos;
    private final Ticker ticker;
    private final ConsumerMetrics metrics;
    private final EventSink events;
    private final List<java.util.function.Consumer<Optional<Exception>>> requests = new ArrayList<>();
    private long lastSent;
    private final MetadataBudget budget;
    private boolean asked;
    private boolean underWay;
    private boolean atOnce;
    private boolean refused;
    private boolean rebalancing;

    /** Whose last commit a rebalance refused. */
    private Set<PartitionSession> refusedAtTheEnd = Set.of();

    private Optional<Trouble> trouble = Optional.empty();

    /**
     * Why nothing is committed.
     *
     * @param since when the first commit failed, or was sent without an answer; a time of the ticker
     * @param why the details, for a person
     */
    public record Trouble(long since, String why) {}

    /** What follows a commit that was waited for. */
    private enum Then {
        OVER,
        TRY_LESS,
        POLL
    }

    /**
     * Creates a committer.
     *
     * @param interval between two commits
     * @param limits how much text may go with the offsets
     * @param ticker measures the interval
     * @param metrics counts commits
     * @param events takes failures
     */
    public Committer(
            Duration interval, MetadataLimits limits, Ticker ticker, ConsumerMetrics metrics, EventSink events) {
        this.intervalNanos = interval.toNanos();
        this.budget = new MetadataBudget(limits);
        this.ticker = ticker;
        this.metrics = metrics;
        this.events = events;
        this.lastSent = ticker.nanos();
    }

    /**
     * Tells why nothing is committed.
     *
     * @return nothing once a commit succeeds, or nothing is left to commit, and while a rebalance has refused commits for less than
     *     five seconds
     */
    public Optional<Trouble> trouble() {
        long now = ticker.nanos();
        // While the group shares its partitions anew every commit is refused, which is no trouble unless it lasts.
        Optional<Trouble> lasting = trouble.filter(known -> !rebalancing || now - known.since() >= UNANSWERED_NANOS);
        boolean unanswered = underWay && now - lastSent >= UNANSWERED_NANOS;
        return unanswered
                ? lasting.or(() -> Optional.of(new Trouble(lastSent, "the broker does not answer")))
                : lasting;
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

    /** Forgets a commit under way, when the client that sent it is gone and will not answer, and what the client was refused. */
    public void clientReplaced() {
        underWay = false;
        nothingIsRefused();
    }

    private void nothingIsRefused() {
        refused = false;
        rebalancing = false;
        refusedAtTheEnd = Set.of();
        trouble = Optional.empty();
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
        if (!asked && now - lastSent >= intervalNanos - ASK_BEFORE_NANOS) {
            asked = true;
            sessions.forEach(PartitionSession::askForReport);
        }
        if (underWay || (!atOnce && now - lastSent < intervalNanos)) {
            return;
        }
        lastSent = now;
        asked = false;
        atOnce = false;
        List<java.util.function.Consumer<Optional<Exception>>> waiting = List.copyOf(requests);
        requests.clear();
        Map<PartitionSession, Commitment> due = due(sessions, UnaryOperator.identity());
        if (due.isEmpty()) {
            rebalancing = false;
            trouble = Optional.empty();
            waiting.forEach(done -> done.accept(Optional.empty()));
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
                    atOnce |= reduceAfter(failure, due);
                }
                waiting.forEach(done -> done.accept(Optional.ofNullable(failure)));
            });
        } catch (KafkaException e) {
            // The client may never have sent it, and then will not answer.
            underWay = false;
            waiting.forEach(done -> done.accept(Optional.of(e)));
            throw e;
        }
    }

    /**
     * Commits the frontiers of sessions that end, or whose client does, and waits for the answer. Never throws: what cannot be committed now is
     * read again by the next owner.
     *
     * @param consumer the client
     * @param ending the sessions
     * @param timeout how long to wait
     * @param failures what to hand on of failed records
     * @return false if the client takes no commit until it has joined its group again, so that it is worth another try after a poll
     */
    public boolean finish(
            Consumer<byte[], byte[]> consumer,
            Collection<PartitionSession> ending,
            Duration timeout,
            UnaryOperator<List<FailedRecord>> failures) {
        long deadline = ticker.nanos() + timeout.toNanos();
        // A worker that is quiet has reported; one that is held up by a call has not.
        ending.forEach(PartitionSession::askForReport);
        Then then = Then.TRY_LESS;
        while (then == Then.TRY_LESS) {
            Map<PartitionSession, Commitment> last = due(ending, failures);
            then = last.isEmpty() ? Then.OVER : commitSync(consumer, last, deadline);
        }
        return then == Then.OVER;
    }

    /** Commits and waits. */
    private Then commitSync(Consumer<byte[], byte[]> consumer, Map<PartitionSession, Commitment> last, long deadline) {
        try {
            consumer.commitSync(byPartition(last), Duration.ofNanos(Math.max(0, deadline - ticker.nanos())));
            acknowledge(last);
            return Then.OVER;
        } catch (RebalanceInProgressException e) {
            // Tried again every few milliseconds, which is one failure to whoever listens.
            if (!refusedAtTheEnd.equals(last.keySet())) {
                refusedAtTheEnd = Set.copyOf(last.keySet());
                fail(e);
            }
            return Then.POLL;
        } catch (KafkaException e) {
            fail(e);
            return ticker.nanos() - deadline < 0 && reduceAfter(e, last) ? Then.TRY_LESS : Then.OVER;
        }
    }

    /** Returns what is due. It is to be sent, and is due again until a commit is acknowledged: nobody knows what comes of it. */
    private Map<PartitionSession, Commitment> due(
            Collection<PartitionSession> sessions, UnaryOperator<List<FailedRecord>> failures) {
        MetadataBudget.Request request = budget.request();
        Map<PartitionSession, Commitment> due = new HashMap<>();
        for (PartitionSession session : sessions) {
            Frontier frontier = session.ledger().frontier();
            List<FailedRecord> failed = failures.apply(session.failed().all());
            if (session.commits().isDue(frontier, failed, session.topicId())) {
                due.put(session, Commitment.of(session, frontier, failed, request));
                session.commits().want();
            }
        }
        return due;
    }

    /** Sends less from now on if the failure may be due to the size of what was sent; returns whether there was less to send. */
    private boolean reduceAfter(Exception failure, Map<PartitionSession, Commitment> sent) {
        boolean isSizeTheReason = failure instanceof OffsetMetadataTooLarge
                || failure instanceof InvalidCommitOffsetSizeException
                || failure instanceof RecordTooLargeException;
        boolean maySizeBeTheReason = isSizeTheReason || failure.getClass() == KafkaException.class;
        boolean reducible =
                sent.values().stream().anyMatch(one -> one.isReducible() || isSizeTheReason && one.tellsTopic());
        if (maySizeBeTheReason && reducible && budget.halve()) {
            return true;
        }
        return isSizeTheReason && silence(failure);
    }

    private boolean silence(Exception failure) {
        boolean more = budget.silence();
        if (more) {
            LOG.warn(
                    "the broker takes hardly any text with an offset; until the next start, offsets are committed without it, so that"
                            + " attempts at failed records, what is complete out of order, and the group's first start are not handed on;"
                            + " raise the broker's offset.metadata.max.bytes to 4096, its default",
                    failure);
        }
        return more;
    }

    private void acknowledge(Map<PartitionSession, Commitment> commitments) {
        nothingIsRefused();
        metrics.add(Count.COMMITS, 1);
        commitments.forEach((session, commitment) -> commitment.acknowledgedFor(session));
    }

    private void fail(Exception failure) {
        refused = failure instanceof AuthenticationException || failure instanceof AuthorizationException;
        rebalancing = failure instanceof RebalanceInProgressException;
        trouble = Optional.of(new Trouble(trouble.map(Trouble::since).orElseGet(ticker::nanos), failure.toString()));
        metrics.add(Count.COMMIT_FAILURES, 1);
        events.publish(new GroupEvent.CommitFailed(failure));
    }

    private static Map<TopicPartition, OffsetAndMetadata> byPartition(Map<PartitionSession, Commitment> commitments) {
        Map<TopicPartition, OffsetAndMetadata> byPartition = new HashMap<>();
        commitments.forEach((session, commitment) -> byPartition.put(session.partition(), commitment.offset()));
        return byPartition;
    }
}
