package io.bywash.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ConsumerMetricsTest {
    private final MetricRegistry registry = new MetricRegistry();

    @Test
    void whatAPartitionLeavesBehindIsNotThatOfATopicWhoseNameBeginsAlike() {
        ConsumerMetrics metrics = new ConsumerMetrics(registry, "billing");
        metrics.gauge(new TopicPartition("orders", 1), "lag", () -> 1);
        metrics.gauge(new TopicPartition("orders.1", 0), "lag", () -> 2);
        metrics.gauge(new TopicPartition("orders", 10), "lag", () -> 3);

        metrics.remove(new TopicPartition("orders", 1));
        assertEquals(
                Set.of("bywash.billing.orders.1.0.lag", "bywash.billing.orders.10.lag"),
                registry.getGauges().keySet());
    }

    @Test
    void theEndOfAConsumerLeavesTheMetricsOfOthersAlone() {
        registry.counter("app.requests");
        ConsumerMetrics ends = new ConsumerMetrics(registry, "billing");
        ends.gauge("lag", () -> 1);
        ends.gauge(new TopicPartition("orders", 1), "lag", () -> 1);
        ConsumerMetrics stays = new ConsumerMetrics(registry, "billing.again");
        stays.gauge("lag", () -> 1);
        SortedSet<String> expected = new TreeSet<>(registry.getNames());
        expected.removeIf(name -> name.startsWith("bywash.billing.") && !name.startsWith("bywash.billing.again."));

        ends.removeAll();
        assertEquals(expected, registry.getNames());
        assertTrue(expected.contains("bywash.billing.again.records"));
    }
}
