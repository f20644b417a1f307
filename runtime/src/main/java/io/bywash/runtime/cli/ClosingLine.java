package io.bywash.runtime.cli;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import io.bywash.core.settings.Span;
import io.bywash.runtime.Bywash;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The last line of a process: what its consumers have done, and whether it is safe with the broker. */
public final class ClosingLine {
    private final Bywash bywash;
    private final long began = System.nanoTime();
    private final List<Meter> handled;
    private final List<Meter> deadLettered;
    private final List<Meter> skipped;
    private final List<Meter> commitFailures;

    /**
     * Takes hold of the counts, which leave the registry when the consumers end.
     *
     * @param bywash the application, before it is closed
     * @param metrics the registry of its consumers
     */
    public ClosingLine(Bywash bywash, MetricRegistry metrics) {
        this.bywash = bywash;
        this.handled = meters(metrics, "handled");
        this.deadLettered = meters(metrics, "dead-lettered");
        this.skipped = meters(metrics, "skipped");
        this.commitFailures = meters(metrics, "commit-failures");
    }

    /**
     * Closes the application, each consumer within its drain time-out, and says how that went.
     *
     * @return the line
     */
    public String close() {
        long failuresBefore = sum(commitFailures);
        boolean over = bywash.closeInTime();
        return String.format(
                Locale.ROOT,
                "stopped after %s, %s: %,d handled, %,d dead-lettered, %,d skipped, %s",
                Span.text(Duration.ofSeconds(
                        Duration.ofNanos(System.nanoTime() - began).toSeconds())),
                bywash.failure().isPresent() ? "by a failure" : over ? "drained" : "not drained in time",
                sum(handled),
                sum(deadLettered),
                sum(skipped),
                over && sum(commitFailures) == failuresBefore
                        ? "committed"
                        : "not all of it committed, so some records will be handled again");
    }

    private List<Meter> meters(MetricRegistry metrics, String metric) {
        return bywash.consumers().keySet().stream()
                .map(consumer -> metrics.meter(MetricRegistry.name("bywash", consumer, metric)))
                .toList();
    }

    private static long sum(List<Meter> meters) {
        return meters.stream().mapToLong(Meter::getCount).sum();
    }
}
