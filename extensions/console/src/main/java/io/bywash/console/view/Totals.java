package io.bywash.console.view;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What a consumer has counted since it was made, and how fast. */
final class Totals {

    /**
     * How many since the consumer was made.
     *
     * @param records read
     * @param handled whose handler returned
     * @param failed attempts that failed
     * @param retried further attempts
     * @param deadLettered acknowledged by the dead-letter topic
     * @param skipped left out by policy or by an operator
     */
    record Counts(long records, long handled, long failed, long retried, long deadLettered, long skipped) {}

    /**
     * How many in a second, over about the last minute.
     *
     * @param records read
     * @param handled whose handler returned
     * @param failed attempts that failed
     */
    record Rates(double records, double handled, double failed) {}

    private final Map<String, Meter> meters;
    private final String prefix;

    Totals(MetricRegistry metrics, String consumer) {
        this.prefix = MetricRegistry.name("bywash", consumer);
        this.meters = metrics.getMeters((name, metric) -> name.startsWith(prefix));
    }

    Counts counts() {
        return new Counts(
                count("records"),
                count("handled"),
                count("failed"),
                count("retried"),
                count("dead-lettered"),
                count("skipped"));
    }

    Rates rates() {
        return new Rates(rate("records"), rate("handled"), rate("failed"));
    }

    private long count(String metric) {
        return (long) read(metric, Meter::getCount);
    }

    private double rate(String metric) {
        return Math.round(read(metric, Meter::getOneMinuteRate) * 100) / 100.0;
    }

    /** A consumer that is over has taken its metrics away. */
    private double read(String metric, ToDoubleFunction<Meter> value) {
        return Optional.ofNullable(meters.get(MetricRegistry.name(prefix, metric)))
                .map(value::applyAsDouble)
                .orElse(0.0);
    }
}
