package io.bywash.monitoring;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.event.ConsumerState;
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
        for (ConsumerGauge gauge : ConsumerGauge.ALL) {
            all.metricSnapshot(gauge.of(consumers));
        }
        for (PartitionGauge gauge : PartitionGauge.ALL) {
            all.metricSnapshot(gauge.of(consumers));
        }
        for (HandlerHistogram histogram : HandlerHistogram.values()) {
            all.metricSnapshot(histogram.of(consumers, registry));
        }
        for (HeldGauge gauge : HeldGauge.ALL) {
            all.metricSnapshot(gauge.of(consumers));
        }
        return all.metricSnapshot(states(consumers)).build();
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
}
