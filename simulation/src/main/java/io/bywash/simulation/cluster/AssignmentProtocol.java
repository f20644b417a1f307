package io.bywash.simulation.cluster;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;

/** How the partitions of a group come to its members and go from them. */
public enum AssignmentProtocol {
    /** The members give up all they have before they join again. */
    EAGER,
    /** The members give up only what goes elsewhere, once they have heard what does. */
    COOPERATIVE,
    /** The broker tells each member by itself what it is to give up and what it gets ({@code group.protocol=consumer}). */
    CONSUMER;

    /** Returns what a client is to be told, so that its group shares partitions like this. */
    public Map<String, Object> properties() {
        return switch (this) {
            case EAGER ->
                Map.of(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(RangeAssignor.class.getName()));
            case COOPERATIVE ->
                Map.of(
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                        List.of(CooperativeStickyAssignor.class.getName()));
            case CONSUMER -> Map.of(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
        };
    }

    static AssignmentProtocol of(Map<String, Object> properties) {
        if ("consumer".equals(properties.get(ConsumerConfig.GROUP_PROTOCOL_CONFIG))) {
            return CONSUMER;
        }
        String assignors = String.valueOf(properties.get(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG));
        return assignors.contains("Cooperative") ? COOPERATIVE : EAGER;
    }
}
