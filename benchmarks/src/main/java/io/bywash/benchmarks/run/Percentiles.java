package io.bywash.benchmarks.run;

import java.io.Serializable;

/**
 * Delays in milliseconds.
 *
 * @param p50 half are no longer
 * @param p99 99 in 100 are no longer
 * @param p999 999 in 1,000 are no longer
 * @param max none is longer
 * @param late which part is longer than 50 ms, 0 to 1
 */
public record Percentiles(double p50, double p99, double p999, double max, double late) implements Serializable {
    static final Percentiles NONE = new Percentiles(0, 0, 0, 0, 0);
}
