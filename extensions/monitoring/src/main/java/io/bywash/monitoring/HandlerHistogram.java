package io.bywash.monitoring;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.metrics.BucketHistogram;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Arrays;
import java.util.List;

/** What is measured of every handler, in buckets that can be added up over processes. */
enum HandlerHistogram {
    CALLS(
            "handler_seconds",
            "handler-latency",
            "How long calls of the handler take, or until a stage is complete; of fast handlers a few are measured."),
    DELAY("delay_seconds", "end-to-end-delay", "How old records are when they have been handled, by their timestamps.");

    private final String metric;
    private final String source;
    private final String help;

    HandlerHistogram(String metric, String source, String help) {
        this.metric = metric;
        this.source = source;
        this.help = help;
    }

    HistogramSnapshot of(List<ConsumerView> consumers, MetricRegistry registry) {
        HistogramSnapshot.Builder family = HistogramSnapshot.builder()
                .name(Families.PREFIX + metric)
                .unit(Unit.SECONDS)
                .help(help);
        for (ConsumerView consumer : consumers) {
            for (String handler : consumer.handlers()) {
                String name = MetricRegistry.name("bywash", consumer.name(), handler, source);
                if (registry.getMetrics().get(name) instanceof BucketHistogram histogram) {
                    family.dataPoint(HistogramDataPointSnapshot.builder()
                            .labels(Labels.of("consumer", consumer.name(), "handler", handler))
                            .classicHistogramBuckets(buckets(histogram))
                            .sum(histogram.sumSeconds())
                            .build());
                }
            }
        }
        return family.build();
    }

    private static ClassicHistogramBuckets buckets(BucketHistogram histogram) {
        long[] counts = histogram.counts();
        double[] bounds = Arrays.copyOf(
                Arrays.stream(histogram.boundsNanos())
                        .mapToDouble(Unit::nanosToSeconds)
                        .toArray(),
                counts.length);
        bounds[counts.length - 1] = Double.POSITIVE_INFINITY;
        return ClassicHistogramBuckets.of(bounds, counts);
    }
}
