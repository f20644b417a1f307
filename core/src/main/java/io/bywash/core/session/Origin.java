package io.bywash.core.session;

import io.bywash.core.ledger.DoneRanges;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where an ownership begins and what is remembered from the one before.
 *
 * @param offset the first offset to read
 * @param leaderEpoch the leader epoch committed with it
 * @param failed the records that had failed under the former owner and were not complete
 * @param done what was complete beyond the offset
 * @param groupStart when the group first started, if a commit tells
 * @param text what an application wanted to be kept with the offset
 * @param topic which topic the offset is of, if a commit tells
 */
public record Origin(
        long offset,
        Optional<Integer> leaderEpoch,
        List<FailedRecord> failed,
        DoneRanges done,
        Optional<Instant> groupStart,
        Optional<String> text,
        Optional<TopicId> topic) {

    /**
     * Returns a fresh start.
     *
     * @param offset the first offset to read
     * @param groupStart when the group first started
     * @return an origin without a past
     */
    public static Origin fresh(long offset, Instant groupStart) {
        return new Origin(
                offset,
                Optional.empty(),
                List.of(),
                DoneRanges.NONE,
                Optional.of(groupStart),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Returns what is left of it where its offset counts and nothing that refers to other offsets does.
     *
     * @return the same without failed records, complete ones, a topic, and a leader epoch, which clusters count for themselves
     */
    public Origin alone() {
        return new Origin(offset, Optional.empty(), List.of(), DoneRanges.NONE, groupStart, text, Optional.empty());
    }
}
