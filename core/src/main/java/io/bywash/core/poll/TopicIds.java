package io.bywash.core.poll;

import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.TopicId;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;

/**
 * Which topic has which name. A topic that is deleted and made anew has its name and another id, and its offsets begin again.
 * {@link TopicWatch} finds out on a thread of its own, and the poll thread reads what it found.
 */
public final class TopicIds implements ClusterResourceListener {
    private volatile Look latest = new Look(0, 0, 0, Map.of());
    private volatile long lastEpoch;
    private volatile Optional<String> cluster = Optional.empty();

    /** Begins with none. */
    public TopicIds() {
        // Nobody has asked yet.
    }

    /**
     * What the brokers said.
     *
     * @param askedAt when they were asked, a time of the ticker
     * @param answeredAt when they had answered
     * @param upTo the epoch of the last session that was open when they were asked: what they said is no older than it and those before
     * @param ids each topic by its name; those of which nothing is known are left out
     */
    record Look(long askedAt, long answeredAt, long upTo, Map<String, TopicId> ids) {

        /** Returns which topic a session's is now, if they were asked after it was opened. */
        Optional<TopicId> of(PartitionSession session) {
            return session.epoch() <= upTo
                    ? Optional.ofNullable(ids.get(session.partition().topic()))
                    : Optional.empty();
        }
    }

    /** Notes a session. Called by the poll thread. */
    void opened(long epoch) {
        lastEpoch = epoch;
    }

    /** Returns the epoch of the last session, for a look that begins now. Called by the watch. */
    long lastEpoch() {
        return lastEpoch;
    }

    /** Takes in what the brokers say of topics. Called by the watch. */
    void found(Look look) {
        latest = look;
    }

    Look latest() {
        return latest;
    }

    /** Takes in which cluster the consumer reads from. Called by its client, on a thread of the client or the poll thread. */
    @Override
    public void onUpdate(ClusterResource resource) {
        cluster = Optional.ofNullable(resource.clusterId());
    }

    /** Tells whether an offset was committed on another cluster, and copied to the one that is read from. */
    boolean isFromElsewhere(TopicId committed) {
        return cluster.filter(committed::isElsewhere).isPresent();
    }
}
