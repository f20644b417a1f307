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
 * @param callsInFlight how many calls of handlers have begun and are not over
 * @param turnAge how long ago its poll loop turned last
 */
record ConsumerView(
        String name,
        List<String> handlers,
        ConsumerState state,
        GroupSnapshot snapshot,
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
        // A snapshot names some of them only, if they are many.
        Metric inFlight = registry.getMetrics().get(MetricRegistry.name("bywash", consumer.name(), "in-flight"));
        return new ConsumerView(
                consumer.name(),
                handlers,
                consumer.state(),
                consumer.snapshot(),
                inFlight instanceof Gauge<?> gauge && gauge.getValue() instanceof Long calls ? calls : 0,
                consumer.turnAge());
    }
}
