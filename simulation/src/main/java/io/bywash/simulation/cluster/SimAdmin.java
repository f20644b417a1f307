package io.bywash.simulation.cluster;

import io.bywash.core.clients.LetterTopic;
import io.bywash.core.clients.TopicAdmin;
import io.bywash.core.session.TopicId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Questions about topics, answered at once or not at all. Where such questions fail, a broker that lags behind is asked for a while, which
 * knows of earlier topics of the same names: nobody may believe it.
 */
final class SimAdmin implements TopicAdmin {
    private static final long LAGS_FROM = Duration.ofSeconds(4).toNanos();
    private static final long LAGS_UNTIL = Duration.ofSeconds(12).toNanos();

    private final String client;
    private final SimCluster cluster;

    SimAdmin(String client, SimCluster cluster) {
        this.client = client;
        this.cluster = cluster;
        cluster.opened(client, this);
    }

    private void mayFail() {
        cluster.stage().scheduler().requireOpen();
        if (cluster.chance().happens(cluster.faults().adminFailed())) {
            throw new TimeoutException("the broker did not answer");
        }
    }

    @Override
    public Map<String, Topic> topics(Collection<String> topics, Duration timeout) {
        mayFail();
        Map<String, Topic> found = new HashMap<>();
        topics.stream()
                .filter(topic -> cluster.partitionCount(topic) > 0)
                .forEach(topic -> found.put(topic, new Topic(cluster.partitionCount(topic), Optional.of(id(topic)))));
        return found;
    }

    private TopicId id(String topic) {
        long now = cluster.stage().clock().now();
        boolean isEarlier = cluster.faults().adminFailed() > 0 && now >= LAGS_FROM && now < LAGS_UNTIL;
        return isEarlier ? TopicId.of(SimCluster.ID, new Uuid(1, 2L * topic.hashCode())) : cluster.idOf(topic);
    }

    @Override
    public void create(LetterTopic wanted, Duration timeout) {
        mayFail();
        cluster.create(wanted.name(), wanted.partitions());
    }

    @Override
    public boolean mayWrite(String topic, Duration timeout) {
        mayFail();
        return true;
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(
            Collection<TopicPartition> partitions, IsolationLevel isolation, Duration timeout) {
        mayFail();
        Map<TopicPartition, Long> ends = new HashMap<>();
        partitions.forEach(
                partition -> ends.put(partition, cluster.topics().log(partition).end()));
        return ends;
    }

    @Override
    public void close() {
        cluster.closed(client, this);
    }
}
