package io.bywash.benchmarks.report;

import java.util.Collection;

/** How long the bar for a value is. */
public sealed interface Axis {

    /**
     * Returns how much of the full length the bar for a value takes.
     *
     * @param value the value
     * @param all all values of the chart
     * @return 0 to 1
     */
    double share(double value, Collection<Double> all);

    /** Twice the value, twice the length. */
    record Linear() implements Axis {
        @Override
        public double share(double value, Collection<Double> all) {
            double most = all.stream().mapToDouble(Double::doubleValue).max().orElse(0);
            return most > 0 ? Math.max(0, value) / most : 0;
        }
    }

    /** Ten times the value, the same length more, from the power of ten below the smallest value on. */
    record Logarithmic() implements Axis {
        @Override
        public double share(double value, Collection<Double> all) {
            double least = all.stream()
                    .mapToDouble(Double::doubleValue)
                    .filter(positive -> positive > 0)
                    .min()
                    .orElse(1);
            double most = all.stream().mapToDouble(Double::doubleValue).max().orElse(1);
            double from = Math.floor(Math.log10(least));
            double to = Math.max(Math.log10(Math.max(most, least)), from + 1);
            return value > 0 ? (Math.log10(value) - from) / (to - from) : 0;
        }
    }
}
