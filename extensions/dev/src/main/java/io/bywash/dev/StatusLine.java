package io.bywash.dev;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.GroupConsumer;
import io.bywash.runtime.Bywash;
import java.util.Locale;

/** One line that says how far all consumers are. */
final class StatusLine {
    private final Bywash bywash;
    private final MetricRegistry metrics;
    private final CallsInFlight calls;
    private final long began = System.nanoTime();

    StatusLine(Bywash bywash, MetricRegistry metrics, CallsInFlight calls) {
        this.bywash = bywash;
        this.metrics = metrics;
        this.calls = calls;
    }

    @Override
    public String toString() {
        long lag = 0;
        long buffered = 0;
        for (GroupConsumer consumer : bywash.consumers().values()) {
            lag += consumer.snapshot().lag();
            buffered += consumer.snapshot().buffered();
        }
        return String.format(
                Locale.ROOT,
                "%4d s  handled %,9d  in flight %,7d  lag %,8d  retries %,5d  dead %,5d%s",
                (System.nanoTime() - began) / 1_000_000_000L,
                count("handled"),
                buffered,
                lag,
                count("retried"),
                count("dead-lettered"),
                calls.longest().map(call -> "  longest call " + call).orElse(""));
    }

    private long count(String metric) {
        return bywash.consumers().keySet().stream()
                .mapToLong(consumer -> metrics.meter(MetricRegistry.name("bywash", consumer, metric))
                        .getCount())
                .sum();
    }
}
