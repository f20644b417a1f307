package io.bywash.monitoring;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.runtime.config.Form;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.List;

/** Everything that Prometheus is told, by family. Made anew for each scrape, so what is gone is gone from the next. */
final class Families {
    static final String PREFIX = "bywash_";

    private Families() {}

    /**
     * Puts the families together.
     *
     * @param consumers the consumers of one moment
     * @param registry where their counts are
     */
    static MetricSnapshots of(List<ConsumerView> consumers, MetricRegistry registry) {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        for (ConsumerCounter counter : ConsumerCounter.values()) {
            all.metricSnapshot(counter.of(consumers, registry));
        }
        for (ConsumerGauge gauge : ConsumerGauge.values()) {
            all.metricSnapshot(gauge.of(consumers));
        }
        for (PartitionGauge gauge : PartitionGauge.values()) {
            all.metricSnapshot(gauge.of(consumers));
        }
        for (HandlerHistogram histogram : HandlerHistogram.values()) {
            all.metricSnapshot(histogram.of(consumers, registry));
        }
        return all.metricSnapshot(states(consumers))
                .metricSnapshot(held(consumers))
                .metricSnapshot(heldSince(consumers))
                .build();
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    static Labels labels(ConsumerView consumer, PartitionSnapshot partition) {
        return Labels.of(
                "consumer",
                consumer.name(),
                "topic",
                partition.partition().topic(),
                "partition",
                String.valueOf(partition.partition().partition()));
    }

    /** One series for each state there is, so that a dashboard can draw all of them whatever the consumer went through. */
    private static GaugeSnapshot states(List<ConsumerView> consumers) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder()
                .name(PREFIX + "consumer_state")
                .help("1 for the state that the consumer is in, 0 for the others.");
        for (ConsumerView consumer : consumers) {
            for (ConsumerState state : ConsumerState.values()) {
                family.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("consumer", consumer.name(), "state", Form.word(state)))
                        .value(state == consumer.state() ? 1 : 0)
                        .build());
            }
        }
        return family.build();
    }

    /** Only what is so: a series for each cause of each partition would be a dozen times as many as there are partitions. */
    private static GaugeSnapshot held(List<ConsumerView> consumers) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder()
                .name(PREFIX + "partition_held")
                .help("1 while something holds up the partition, or some keys of it; no series otherwise.");
        forEachHeld(
                consumers,
                (labels, held) -> family.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(labels.merge(Labels.of(
                                "cause", Form.word(held.cause()), "scope", held.isWhole() ? "partition" : "keys")))
                        .value(1)
                        .build()));
        return family.build();
    }

    private static GaugeSnapshot heldSince(List<ConsumerView> consumers) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder()
                .name(PREFIX + "partition_held_since_timestamp_seconds")
                .help("Since when, as a Unix time; no series while nothing holds it up.");
        forEachHeld(
                consumers,
                (labels, held) -> family.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(labels)
                        .value(held.since().toEpochMilli() / 1e3)
                        .build()));
        return family.build();
    }

    @FunctionalInterface
    private interface HeldPartition {
        void accept(Labels labels, Condition.Held held);
    }

    private static void forEachHeld(List<ConsumerView> consumers, HeldPartition action) {
        for (ConsumerView consumer : consumers) {
            for (PartitionSnapshot partition : consumer.snapshot().partitions()) {
                if (partition.condition() instanceof Condition.Held held) {
                    action.accept(labels(consumer, partition), held);
                }
            }
        }
    }
}
