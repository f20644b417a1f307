package io.bywash.core.session;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A call of a handler that has begun and is not over.
 *
 * @param id tells it from other calls
 * @param key the key of the record, fit to be shown; empty if it has none or the call is over
 * @param stack where it is, innermost call first; empty if it is on no thread or over
 */
public record CallInFlight(Id id, Supplier<Optional<String>> key, Supplier<List<StackTraceElement>> stack) {

    /**
     * Tells one call of a session from another.
     *
     * @param offset the record it is about
     * @param failures how often that had failed before
     * @param by the name of what it runs on
     * @param number tells calls apart that are the same in all the rest, as the next group with the same first record on the same lane
     */
    public record Id(long offset, int failures, String by, long number) {

        /**
         * Identifies a call of something that never calls twice for a record without a failure in between.
         *
         * @param offset the record it is about
         * @param failures how often that had failed before
         * @param by the name of what it runs on
         */
        public Id(long offset, int failures, String by) {
            this(offset, failures, by, 0);
        }
    }
}
