package io.bywash.simulation.cluster;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** How a client gives partitions up when its group rebalances. */
public enum AssignmentProtocol {
    /** All of them, before it joins again. */
    EAGER,
    /** Only those that go elsewhere, once it has heard which. */
    COOPERATIVE;

    static AssignmentProtocol of(Map<String, Object> properties) {
        String assignors = String.valueOf(properties.get(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG));
        return assignors.contains("Cooperative") ? COOPERATIVE : EAGER;
    }
}
