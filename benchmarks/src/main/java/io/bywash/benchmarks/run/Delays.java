package io.bywash.benchmarks.run;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps every single delay, so that the percentiles are exact. Added to by any thread. */
public final class Delays {
    /** A record that is this much behind its due time is late. */
    public static final long LATE_MICROS = TimeUnit.MILLISECONDS.toMicros(50);

    private final long[] micros;
    private final AtomicInteger count = new AtomicInteger();

    Delays(int most) {
        micros = new long[most];
    }

    void add(long delayMicros) {
        int index = count.getAndIncrement();
        if (index < micros.length) {
            micros[index] = delayMicros;
        }
    }

    /** Sums up; call it when the subject has stopped. */
    Percentiles percentiles() {
        int kept = Math.min(count.get(), micros.length);
        if (kept == 0) {
            return Percentiles.NONE;
        }
        long[] sorted = Arrays.copyOf(micros, kept);
        Arrays.sort(sorted);
        double late = (double) Arrays.stream(sorted)
                        .filter(delay -> delay > LATE_MICROS)
                        .count()
                / kept;
        return new Percentiles(at(sorted, 0.5), at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1), late);
    }

    /** The smallest delay that so large a part of all does not exceed, in milliseconds. */
    private static double at(long[] sorted, double part) {
        int rank = (int) Math.ceil(part * sorted.length);
        return sorted[Math.max(0, rank - 1)] / 1e3;
    }
}
