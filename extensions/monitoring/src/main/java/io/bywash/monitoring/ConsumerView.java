package io.bywash.monitoring;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.snapshot.GroupSnapshot;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.health.ConsumerHealth;
import io.bywash.runtime.health.Health;
import io.bywash.runtime.plan.ConsumerPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What metrics need to know of a consumer, of one moment.
 *
 * @param name its name
 * @param handlers the names of its handlers
 * @param state its state
 * @param snapshot where its partitions stand
 * @param backlog how many records more processes could help with
 * @param callsInFlight how many calls of handlers have begun and are not over
 * @param turnAge how long ago its poll loop turned last
 */
record ConsumerView(
        String name,
        List<String> handlers,
        ConsumerState state,
        GroupSnapshot snapshot,
        long backlog,
        long callsInFlight,
        Duration turnAge) {

    static List<ConsumerView> of(Bywash bywash) {
        Map<String, List<String>> handlers = bywash.preparation().plan().consumers().stream()
                .collect(Collectors.toMap(ConsumerPlan::name, ConsumerView::handlers));
        return Health.of(bywash).consumers().stream()
                .map(consumer -> of(consumer, handlers.getOrDefault(consumer.name(), List.of()), bywash.metrics()))
                .toList();
    }

    private static List<String> handlers(ConsumerPlan plan) {
        return plan.all().stream()
                .map(handler -> handler.handler().name())
                .distinct()
                .toList();
    }

    private static ConsumerView of(ConsumerHealth consumer, List<String> handlers, MetricRegistry registry) {
        return new ConsumerView(
                consumer.name(),
                handlers,
                consumer.state(),
                consumer.snapshot(),
                gauge(registry, consumer.name(), "backlog"),
                gauge(registry, consumer.name(), "in-flight"),
                consumer.turnAge());
    }

    /** Those that a snapshot does not have: it names some calls only, if they are many, and knows no settings. */
    private static long gauge(MetricRegistry registry, String consumer, String name) {
        Metric metric = registry.getMetrics().get(MetricRegistry.name("bywash", consumer, name));
        return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Long value ? value : 0;
    }
}
