package io.bywash.dev;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.bywash.core.GroupConsumer;
import io.bywash.runtime.Bywash;
import java.util.Locale;
import java.util.Optional;

/** One line that says how far all consumers are. What was sent is handled, dead, skipped or waiting; the rest of the line is of those. */
final class StatusLine {
    private final Bywash bywash;
    private final MetricRegistry metrics;
    private final CallsInFlight calls;
    private final Optional<Arrivals> arrivals;
    private final long began = System.nanoTime();

    /** Without arrivals, which only the embedded broker is asked for, the lag says how many wait. */
    StatusLine(Bywash bywash, MetricRegistry metrics, CallsInFlight calls, Optional<Arrivals> arrivals) {
        this.bywash = bywash;
        this.metrics = metrics;
        this.calls = calls;
        this.arrivals = arrivals;
    }

    @Override
    public String toString() {
        // Taken before the arrivals, so that nothing is done before it was sent.
        long handled = count("handled");
        long dead = count("dead-lettered");
        long skipped = count("skipped");
        long done = handled + dead + skipped;
        long sent = arrivals.map(Arrivals::count).orElseGet(() -> done + lag());
        return String.format(
                Locale.ROOT,
                "%4d s  sent %,9d  handled %,9d  dead %,5d%s  waiting %,7d  in flight %,4d  retries %,5d%s",
                (System.nanoTime() - began) / 1_000_000_000L,
                sent,
                handled,
                dead,
                skipped == 0 ? "" : String.format(Locale.ROOT, "  skipped %,d", skipped),
                sent - done,
                inFlight(),
                count("retried"),
                calls.longest().map(call -> "  longest call " + call).orElse(""));
    }

    private long lag() {
        return bywash.consumers().values().stream()
                .map(GroupConsumer::snapshot)
                .mapToLong(snapshot -> snapshot.lag())
                .sum();
    }

    private long inFlight() {
        return bywash.consumers().keySet().stream()
                .map(consumer -> metrics.getMetrics().get(MetricRegistry.name("bywash", consumer, "in-flight")))
                .mapToLong(metric -> metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number calls
                        ? calls.longValue()
                        : 0)
                .sum();
    }

    private long count(String metric) {
        return bywash.consumers().keySet().stream()
                .mapToLong(consumer -> metrics.meter(MetricRegistry.name("bywash", consumer, metric))
                        .getCount())
                .sum();
    }
}
