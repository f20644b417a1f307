package io.bywash.benchmarks.report;

import java.util.Arrays;

/**
 * How the figures of several rounds lie.
 *
 * @param median the middle one, or halfway between the two in the middle
 * @param min the smallest
 * @param max the largest
 */
public record Spread(double median, double min, double max) {

    /**
     * Sums figures up.
     *
     * @param figures one per round, at least one
     * @return how they lie
     */
    public static Spread of(double... figures) {
        if (figures.length == 0) {
            throw new IllegalArgumentException("there is no figure to sum up; a spread needs at least one");
        }
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
