package io.bywash.simulation.cluster;

import io.bywash.core.clients.LetterTopic;
import io.bywash.core.clients.TopicAdmin;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Questions about topics, answered at once or not at all. */
final class SimAdmin implements TopicAdmin {
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
                .forEach(topic -> found.put(topic, new Topic(cluster.partitionCount(topic), Optional.empty())));
        return found;
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
