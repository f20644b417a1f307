package io.bywash.core.poll;

import io.bywash.core.commit.Committer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is the same for all partitions at one look.
 *
 * @param now a time of the ticker
 * @param instant the same by the clock
 * @param commits why nothing is committed, if so
 * @param closing since when the consumer has been closing, if so
 * @param memoryFull since when buffered records have filled the memory, if so
 */
record Moment(
        long now,
        Instant instant,
        Optional<Committer.Trouble> commits,
        Optional<Long> closing,
        Optional<Long> memoryFull) {

    /** Translates a time of the ticker. */
    Instant at(long nanos) {
        return instant.minusNanos(now - nanos);
    }

    /** Tells whether so much time has passed since a time of the ticker. */
    boolean isPast(long since, Duration span) {
        return now - since >= span.toNanos();
    }
}
