package io.bywash.core.metrics;

import com.codahale.metrics.Gauge;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Durations, counted in buckets whose bounds are the same in every process, so that the counts of several can be added up and a
 * quantile taken of the sum; which a summary, each with quantiles of its own, does not allow. May be used from any thread.
 *
 * <p>It is a {@link Gauge} because a registry with listeners, such as JMX, takes no metric of a kind of its own.
 */
public final class BucketHistogram implements Gauge<Map<String, Long>> {
    /** From half a millisecond, below which a call says more of the JVM than of the handler, to five minutes. */
    private static final long[] BOUNDS_NANOS = {
        micros(500),
        millis(1),
        micros(2_500),
        millis(5),
        millis(10),
        millis(25),
        millis(50),
        millis(100),
        millis(250),
        millis(500),
        millis(1_000),
        millis(2_500),
        millis(5_000),
        millis(10_000),
        millis(30_000),
        millis(60_000),
        millis(300_000)
    };

    private static final double NANOS_PER_SECOND = 1e9;

    private final LongAdder[] counts = new LongAdder[BOUNDS_NANOS.length + 1];
    private final LongAdder sumNanos = new LongAdder();

    /** Creates an empty histogram. */
    public BucketHistogram() {
        Arrays.setAll(counts, bucket -> new LongAdder());
    }

    private static long micros(long micros) {
        return TimeUnit.MICROSECONDS.toNanos(micros);
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /**
     * Counts a duration.
     *
     * @param nanos how long; a negative one, of clocks that disagree, counts as none
     */
    public void add(long nanos) {
        long duration = Math.max(0, nanos);
        int found = Arrays.binarySearch(BOUNDS_NANOS, duration);
        counts[found >= 0 ? found : -found - 1].increment();
        sumNanos.add(duration);
    }

    /**
     * Returns the upper bounds of the buckets, each of which belongs to its bucket. They are the same in all histograms.
     *
     * @return rising bounds in nanoseconds; a copy
     */
    public long[] boundsNanos() {
        return BOUNDS_NANOS.clone();
    }

    /**
     * Returns how many durations fell into each bucket alone, those of lower ones not included.
     *
     * @return one count more than there are bounds: the last is of what is above all of them
     */
    public long[] counts() {
        return Arrays.stream(counts).mapToLong(LongAdder::sum).toArray();
    }

    /**
     * Returns the buckets for people to read.
     *
     * @return the {@link #counts}, each by the bound of its bucket in seconds, the last by {@code +Inf}
     */
    @Override
    public Map<String, Long> getValue() {
        long[] now = counts();
        Map<String, Long> byBound = new LinkedHashMap<>();
        for (int bucket = 0; bucket < BOUNDS_NANOS.length; bucket++) {
            byBound.put(String.valueOf(BOUNDS_NANOS[bucket] / NANOS_PER_SECOND), now[bucket]);
        }
        byBound.put("+Inf", now[BOUNDS_NANOS.length]);
        return Collections.unmodifiableMap(byBound);
    }

    /**
     * Adds up all durations.
     *
     * @return the sum in seconds
     */
    public double sumSeconds() {
        return sumNanos.sum() / NANOS_PER_SECOND;
    }
}
