package io.bywash.monitoring;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What is measured of a consumer as a whole. */
enum ConsumerGauge {
    PARTITIONS(
            "partitions",
            "Partitions that this consumer has.",
            consumer -> consumer.snapshot().partitions().size()),
    BACKLOG(
            "backlog_records",
            "Records that more processes could help with, of each partition no more than its buffer holds; what to scale by.",
            ConsumerView::backlog),
    BEHIND(
            "behind_seconds",
            "The age of the oldest record that is not complete.",
            consumer -> Families.seconds(consumer.snapshot().behind())),
    CALLS(
            "calls_in_flight",
            "Calls of handlers, and stages, that have begun and are not over.",
            ConsumerView::callsInFlight),
    TURN_AGE(
            "poll_turn_age_seconds",
            "How long ago the poll loop turned last; less than a second unless it hangs.",
            consumer -> Families.seconds(consumer.turnAge()));

    private final String metric;
    private final String help;
    private final ToDoubleFunction<ConsumerView> value;

    ConsumerGauge(String metric, String help, ToDoubleFunction<ConsumerView> value) {
        this.metric = metric;
        this.help = help;
        this.value = value;
    }

    GaugeSnapshot of(List<ConsumerView> consumers) {
        GaugeSnapshot.Builder family =
                GaugeSnapshot.builder().name(Families.PREFIX + metric).help(help);
        for (ConsumerView consumer : consumers) {
            family.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(Labels.of("consumer", consumer.name()))
                    .value(value.applyAsDouble(consumer))
                    .build());
        }
        return family.build();
    }
}
