package io.bywash.benchmarks.load;

import java.util.SplittableRandom;

/**
 * What a topic holds. The same content is the same bytes in every run, but for the times.
 *
 * @param partitions how many partitions
 * @param records how many records
 * @param valueBytes the size of a value
 * @param keys the keys
 * @param work how long each record takes
 */
public record Content(int partitions, int records, int valueBytes, Keys keys, WorkTime work) {

    /** How long it takes to handle a record. */
    @FunctionalInterface
    public interface WorkTime {

        /** No time at all. */
        WorkTime NONE = random -> 0;

        /**
         * Chooses the next time.
         *
         * @param random chance
         * @return microseconds
         */
        int micros(SplittableRandom random);
    }

    /**
     * Returns the same with another number of records.
     *
     * @param count how many records
     * @return the content
     */
    public Content withRecords(int count) {
        return new Content(partitions, count, valueBytes, keys, work);
    }
}
