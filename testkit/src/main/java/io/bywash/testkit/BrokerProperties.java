package io.bywash.testkit;

import java.util.HashMap;
import java.util.Map;

/** Properties that suit brokers of tests, in this JVM or in processes of their own. */
public final class BrokerProperties {
    private static final int MOST_REPLICAS = 3;
    private static final int MOST_IN_SYNC = 2;

    private BrokerProperties() {}

    /**
     * For a small and quick cluster: groups form at once, little memory and few threads are used, and topics of the brokers' own have as
     * many replicas as fit.
     *
     * @param brokers how many there are
     * @return a new map
     */
    public static Map<String, String> small(int brokers) {
        Map<String, String> all = new HashMap<>();
        all.putAll(quickGroups());
        all.putAll(footprint());
        all.putAll(replication(
                Integer.toString(Math.min(MOST_REPLICAS, brokers)), Integer.toString(Math.min(MOST_IN_SYNC, brokers))));
        all.put("auto.create.topics.enable", "false");
        return all;
    }

    /**
     * Groups form at once, and the limits that keep clients patient in production do not hold up a test.
     * The controller lets a broker return only when its last session has ended: ten heartbeats must be missed for that.
     */
    private static Map<String, String> quickGroups() {
        return Map.of(
                "group.initial.rebalance.delay.ms", "0",
                "group.min.session.timeout.ms", "1000",
                "group.consumer.min.session.timeout.ms", "1000",
                "group.consumer.min.heartbeat.interval.ms", "100",
                "group.consumer.heartbeat.interval.ms", "500",
                "group.consumer.assignment.interval.ms", "0",
                "broker.heartbeat.interval.ms", "300",
                "broker.session.timeout.ms", "3000");
    }

    /** The log cleaner's buffer alone is 128 MiB by default. */
    private static Map<String, String> footprint() {
        return Map.of(
                "log.cleaner.threads", "1",
                "log.cleaner.dedupe.buffer.size", "2097152",
                "num.network.threads", "1",
                "num.io.threads", "2",
                "background.threads", "2",
                "group.coordinator.threads", "1",
                "share.coordinator.threads", "1",
                "metric.reporters", "");
    }

    private static Map<String, String> replication(String replicas, String inSync) {
        return Map.of(
                "offsets.topic.num.partitions", "1",
                "offsets.topic.replication.factor", replicas,
                "transaction.state.log.num.partitions", "1",
                "transaction.state.log.replication.factor", replicas,
                "transaction.state.log.min.isr", inSync,
                "share.coordinator.state.topic.num.partitions", "1",
                "share.coordinator.state.topic.replication.factor", replicas,
                "share.coordinator.state.topic.min.isr", inSync);
    }
}
