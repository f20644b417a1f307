package io.bywash.benchmarks.load;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Which keys there are and how often each comes. */
public sealed interface Keys {

    /**
     * Returns how many there are.
     *
     * @return the number of distinct keys
     */
    int count();

    /**
     * Chooses the next one.
     *
     * @param random chance
     * @return its number, 0 to {@link #count} minus one
     */
    int next(SplittableRandom random);

    /**
     * All as often.
     *
     * @param count how many
     */
    record Uniform(int count) implements Keys {
        @Override
        public int next(SplittableRandom random) {
            return random.nextInt(count);
        }
    }

    /** The n-th most frequent one comes with a weight of 1/n. */
    final class Zipf implements Keys {
        private final double[] cumulated;

        /**
         * Creates the keys.
         *
         * @param count how many
         */
        public Zipf(int count) {
            cumulated = new double[count];
            double sum = 0;
            for (int i = 0; i < count; i++) {
                sum += 1.0 / (i + 1);
                cumulated[i] = sum;
            }
        }

        @Override
        public int count() {
            return cumulated.length;
        }

        @Override
        public int next(SplittableRandom random) {
            double drawn = random.nextDouble() * cumulated[cumulated.length - 1];
            int found = Arrays.binarySearch(cumulated, drawn);
            return found < 0 ? -found - 1 : found + 1;
        }
    }
}
