package io.bywash.monitoring;

import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.runtime.config.Form;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What is said of partitions that something holds up, and of no others: a series for each cause of each partition would be a dozen
 * times as many as there are partitions.
 *
 * @param metric its name, without the prefix
 * @param help what it means
 * @param value takes it
 */
record HeldGauge(String metric, String help, ToDoubleFunction<Condition.Held> value) {
    static final List<HeldGauge> ALL = List.of(
            new HeldGauge(
                    "partition_held",
                    "1 while something holds up the partition, or some keys of it; no series otherwise.",
                    held -> 1),
            new HeldGauge(
                    "partition_held_since_timestamp_seconds",
                    "Since when, as a Unix time; no series while nothing holds it up.",
                    held -> held.since().toEpochMilli() / 1e3));

    GaugeSnapshot of(List<ConsumerView> consumers) {
        GaugeSnapshot.Builder family =
                GaugeSnapshot.builder().name(Families.PREFIX + metric).help(help);
        for (ConsumerView consumer : consumers) {
            for (PartitionSnapshot partition : consumer.snapshot().partitions()) {
                if (partition.condition() instanceof Condition.Held held) {
                    Labels why =
                            Labels.of("cause", Form.word(held.cause()), "scope", held.isWhole() ? "partition" : "keys");
                    family.dataPoint(GaugeDataPointSnapshot.builder()
                            .labels(Families.labels(consumer, partition).merge(why))
                            .value(value.applyAsDouble(held))
                            .build());
                }
            }
        }
        return family.build();
    }
}
