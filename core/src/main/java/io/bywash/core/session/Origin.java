package io.bywash.core.session;

import java.time.Instant;
import java.util.Optional;

/**
 * Where an ownership begins and what is remembered from the one before.
 *
 * @param offset the first offset to read
 * @param leaderEpoch the leader epoch committed with it
 * @param failed the record that failed under the former owner
 * @param groupStart when the group first started, if a commit tells
 * @param text what an application wanted to be kept with the offset
 */
public record Origin(
        long offset,
        Optional<Integer> leaderEpoch,
        Optional<FailedRecord> failed,
        Optional<Instant> groupStart,
        Optional<String> text) {

    /**
     * Returns a fresh start.
     *
     * @param offset the first offset to read
     * @param groupStart when the group first started
     * @return an origin without a past
     */
    public static Origin fresh(long offset, Instant groupStart) {
        return new Origin(offset, Optional.empty(), Optional.empty(), Optional.of(groupStart), Optional.empty());
    }
}
