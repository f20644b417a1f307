package io.bywash.core.settings;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: {@code initial * multiplier^(n-1)}, at most {@code max}, then spread by
 * {@code jitter} so that partitions which failed together do not return together.
 *
 * @param initial the wait after the first failure; longer than zero
 * @param max the longest wait before jitter; at least {@code initial}
 * @param multiplier the growth from one failure to the next, 1 to 100
 * @param jitter the share of the wait by which it is shortened or lengthened at random, 0 to 1
 */
public record Backoff(Duration initial, Duration max, double multiplier, double jitter) {

    /** 200 ms, doubled up to 30 s, give or take a fifth. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30), 2, 0.2);

    /** Checks the ranges. */
    public Backoff {
        Require.positive("backoff.initial", initial);
        Require.within("backoff.multiplier", multiplier, 1, 100);
        Require.within("backoff.jitter", jitter, 0, 1);
        if (max.compareTo(initial) < 0) {
            throw new InvalidSettingException(
                    "backoff.max",
                    "is " + Span.text(max) + ", but must not be shorter than backoff.initial, " + Span.text(initial));
        }
    }

    /**
     * Returns the wait after a number of failures.
     *
     * @param failures how many attempts have failed, from 1
     * @param random where the jitter comes from
     * @return the wait, from zero to twice {@code max}
     */
    public Duration after(int failures, RandomGenerator random) {
        double grown = initial.toNanos() * Math.pow(multiplier, Math.max(0, failures - 1));
        double capped = Math.min(grown, (double) max.toNanos());
        double spread = capped * (1 + jitter * (2 * random.nextDouble() - 1));
        return Duration.ofNanos((long) spread);
    }
}
