package io.bywash.monitoring;

import io.bywash.core.snapshot.PartitionSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What is measured of every partition that a consumer has. Offsets that are not known yet are left out.
 *
 * @param metric its name, without the prefix
 * @param help what it means
 * @param value takes it
 */
record PartitionGauge(String metric, String help, ToDoubleFunction<PartitionSnapshot> value) {
    static final List<PartitionGauge> ALL = List.of(
            new PartitionGauge(
                    "partition_lag", "Offsets from the frontier to the end of the log.", PartitionSnapshot::lag),
            new PartitionGauge(
                    "partition_backlog_records",
                    "Records of it that more processes could help with.",
                    PartitionSnapshot::backlog),
            new PartitionGauge(
                    "partition_behind_seconds",
                    "The age of the first record that is not complete, by its timestamp; 0 if none waits.",
                    partition -> Families.seconds(partition.behind())),
            new PartitionGauge(
                    "partition_buffered_records",
                    "Records that were read and are not complete.",
                    PartitionSnapshot::buffered),
            new PartitionGauge(
                    "partition_waiting_records",
                    "Records that failed and wait for something, and those that wait behind them.",
                    PartitionSnapshot::waitingCount),
            new PartitionGauge(
                    "partition_committed_offset",
                    "The offset that the group has committed.",
                    PartitionSnapshot::committed),
            new PartitionGauge(
                    "partition_frontier_offset",
                    "The first offset that is not complete, which is committed next.",
                    PartitionSnapshot::frontier));

    GaugeSnapshot of(List<ConsumerView> consumers) {
        GaugeSnapshot.Builder family =
                GaugeSnapshot.builder().name(Families.PREFIX + metric).help(help);
        for (ConsumerView consumer : consumers) {
            for (PartitionSnapshot partition : consumer.snapshot().partitions()) {
                double known = value.applyAsDouble(partition);
                if (known >= 0) {
                    family.dataPoint(GaugeDataPointSnapshot.builder()
                            .labels(Families.labels(consumer, partition))
                            .value(known)
                            .build());
                }
            }
        }
        return family.build();
    }
}
