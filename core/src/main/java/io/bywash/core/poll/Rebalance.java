package io.bywash.core.poll;

import io.bywash.core.commit.Committer;
import io.bywash.core.event.EventSink;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.metrics.ConsumerMetrics.Count;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.thread.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/**
 * What happens when the group shares its partitions anew. Called by the Kafka consumer, on the poll thread, inside {@code poll}
 * and {@code close}; repeated calls for the same partitions do nothing. Partitions that stay are not touched.
 *
 * <p>Nothing is thrown into the client: a failure in here would end up as somebody else's. It is kept, and the loop takes it up.
 */
final class Rebalance implements ConsumerRebalanceListener {
    private final Consumer<byte[], byte[]> consumer;
    private final PollContext context;
    private final Sessions sessions;
    private final Positions positions;
    private final Committer committer;
    private final Drain drain;
    private final Set<TopicPartition> released = new HashSet<>();
    private boolean underWay;
    private boolean joined;

    /**
     * What is done with partitions.
     *
     * @param positions where they begin
     * @param committer commits them
     * @param drain waits for their calls
     */
    record Means(Positions positions, Committer committer, Drain drain) {}

    Rebalance(Consumer<byte[], byte[]> consumer, PollContext context, Sessions sessions, Means means) {
        this.consumer = consumer;
        this.context = context;
        this.sessions = sessions;
        this.positions = means.positions();
        this.committer = means.committer();
        this.drain = means.drain();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        guarded(() -> {
            positions.forget(partitions);
            List<PartitionSession> ending = sessions.of(partitions);
            // With nothing to give up, as at the farewell of a client, nothing begins that an application should hear
            // of.
            if (!ending.isEmpty()) {
                begin();
                release(ending);
            }
        });
    }

    private void release(List<PartitionSession> ending) {
        Ticker ticker = context.ticker();
        long deadline =
                ticker.nanos() + context.settings().timing().drainTimeout().toNanos();
        LongSupplier limit = () -> context.status().notAfterTheStop(deadline);
        drain.await(ending, limit);
        Duration left = Duration.ofNanos(Math.max(0, limit.getAsLong() - ticker.nanos()));
        committer.finish(consumer, ending, left, failed -> failed);
        for (PartitionSession session : ending) {
            session.release();
            released.add(session.partition());
        }
        discard(ending);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        guarded(() -> {
            positions.forget(partitions);
            List<PartitionSession> gone = sessions.of(partitions);
            if (!gone.isEmpty()) {
                begin();
                lose(gone);
            }
        });
    }

    private void lose(List<PartitionSession> gone) {
        List<TopicPartition> partitions =
                gone.stream().map(PartitionSession::partition).toList();
        gone.forEach(PartitionSession::lose);
        released.addAll(partitions);
        discard(gone);
        context.events()
                .publish(new GroupEvent.RebalanceFailed(
                        new IllegalStateException("the group gave " + partitions
                                + " away because it had not heard from this member in time"),
                        sessions.partitions()));
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        guarded(() -> {
            begin();
            joined = true;
            context.status().joined();
            if (context.status().isStopping()) {
                consumer.pause(partitions);
            } else {
                positions.begin(consumer, partitions);
            }
            complete(partitions);
        });
    }

    /** Tells whether the group has given this client a share, be it an empty one. */
    boolean hasJoined() {
        return joined;
    }

    private void begin() {
        if (!underWay) {
            underWay = true;
            context.events().publish(new GroupEvent.RebalanceStarted(sessions.partitions()));
        }
    }

    private void complete(Collection<TopicPartition> claimed) {
        EventSink events = context.events();
        ConsumerMetrics metrics = context.metrics();
        metrics.add(Count.REBALANCES, 1);
        events.publish(
                new GroupEvent.RebalanceCompleted(Set.copyOf(claimed), Set.copyOf(released), sessions.partitions()));
        released.clear();
        underWay = false;
    }

    private void discard(List<PartitionSession> gone) {
        sessions.forget(gone);
        positions.ended(gone);
        gone.forEach(session -> context.progress().forget(session));
    }

    private void guarded(Runnable work) {
        try {
            context.owner().check();
            work.run();
        } catch (RuntimeException e) {
            context.status().failInCallback(e);
        }
    }

    /** Gives all partitions back in good order, for a client that is about to leave its group. */
    void releaseAll() {
        onPartitionsRevoked(sessions.partitions());
        if (underWay) {
            complete(Set.of());
        }
    }

    /** Ends all sessions without a commit, for a client that is no longer a member because of {@code cause}. */
    void loseAll(Throwable cause) {
        List<PartitionSession> all = List.copyOf(sessions.all());
        all.stream().filter(session -> session.state().counts()).forEach(PartitionSession::lose);
        discard(all);
        if (!all.isEmpty()) {
            context.events().publish(new GroupEvent.RebalanceFailed(cause, sessions.partitions()));
        }
    }
}
