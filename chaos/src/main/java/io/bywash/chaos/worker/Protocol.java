package io.bywash.chaos.worker;

import java.util.Map;

/** How a group shares its partitions. */
public enum Protocol {
    /** Everything is given up at every rebalance. */
    EAGER,
    /** Only what moves is given up. */
    COOPERATIVE,
    /** As {@link #EAGER}, with members that keep their place while they are away. */
    STATIC,
    /** The brokers share; KIP-848. */
    CONSUMER;

    private static final String ASSIGNOR = "partition.assignment.strategy";

    /**
     * Returns what the client is told.
     *
     * @param member the name of the member
     * @param sessionMillis after how long a silent member is given up
     * @return properties of a Kafka consumer
     */
    public Map<String, Object> properties(String member, int sessionMillis) {
        String session = "session.timeout.ms";
        String heartbeat = "heartbeat.interval.ms";
        String beat = Integer.toString(sessionMillis / 5);
        String range = "org.apache.kafka.clients.consumer.RangeAssignor";
        return switch (this) {
            case EAGER -> Map.of(session, sessionMillis, heartbeat, beat, ASSIGNOR, range);
            case COOPERATIVE ->
                Map.of(
                        session,
                        sessionMillis,
                        heartbeat,
                        beat,
                        ASSIGNOR,
                        "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
            case STATIC ->
                Map.of(session, sessionMillis, heartbeat, beat, ASSIGNOR, range, "group.instance.id", member);
            case CONSUMER -> Map.of("group.protocol", "consumer");
        };
    }
}
