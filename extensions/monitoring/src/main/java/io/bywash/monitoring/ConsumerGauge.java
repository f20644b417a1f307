package io.bywash.monitoring;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What is measured of a consumer as a whole.
 *
 * @param metric its name, without the prefix
 * @param help what it means
 * @param value takes it
 */
record ConsumerGauge(String metric, String help, ToDoubleFunction<ConsumerView> value) {
    static final List<ConsumerGauge> ALL = List.of(
            new ConsumerGauge(
                    "partitions",
                    "Partitions that this consumer has.",
                    consumer -> consumer.snapshot().partitions().size()),
            new ConsumerGauge(
                    "backlog_records",
                    "Records that more processes could help with, of each partition no more than its buffer holds; what to scale by.",
                    ConsumerView::backlog),
            new ConsumerGauge(
                    "behind_seconds",
                    "The age of the oldest record that is not complete.",
                    consumer -> Families.seconds(consumer.snapshot().behind())),
            new ConsumerGauge(
                    "calls_in_flight",
                    "Calls of handlers, and stages, that have begun and are not over.",
                    ConsumerView::callsInFlight),
            new ConsumerGauge(
                    "poll_turn_age_seconds",
                    "How long ago the poll loop turned last; less than a second, except while it waits for calls in a rebalance or at the"
                            + " end, for `drain-timeout` at most, or for the broker to tell positions, or if it hangs.",
                    consumer -> Families.seconds(consumer.turnAge())));

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
