package io.bywash.tools.deadletter;

import io.bywash.core.commit.CommittedOffset;
import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.session.Origin;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Which letters of one partition have gone back: all below an offset, and ranges beyond it, as the engine keeps complete records. It is
 * committed in the transaction that sends the letters, so it is true whatever happens in between. Letters are told in their order, from
 * {@link #next} or, if those that have gone back are told as well, from the first there is. Not thread-safe.
 */
final class RedrivenLetters {
    private final Origin begin;
    private long[] bounds = new long[16];
    private int count;
    private int leaderEpoch;
    private long next;
    private long firstLeft = Long.MAX_VALUE;
    private boolean lastIsGone;

    /**
     * Takes up what was committed.
     *
     * @param partition for the warning if it cannot be read
     * @param committed what the broker holds, or null if nothing
     * @param logStart the first offset there is
     */
    RedrivenLetters(Object partition, @Nullable OffsetAndMetadata committed, long logStart) {
        begin = committed == null ? origin(logStart, DoneRanges.NONE) : CommittedOffset.origin(partition, committed);
        leaderEpoch = begin.done().leaderEpoch();
        next = Math.max(begin.offset(), logStart);
    }

    private static Origin origin(long offset, DoneRanges done) {
        return new Origin(
                offset, Optional.empty(), List.of(), done, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns the offset beyond all that is known to have gone back from the first on, and all that was told. */
    long next() {
        return next;
    }

    /** Tells whether a letter had gone back before. */
    boolean cover(ConsumerRecord<?, ?> record) {
        return record.offset() < begin.offset() || begin.done().cover(record);
    }

    /** A letter goes back, or has gone. A hole between two such letters goes with them. */
    void gone(ConsumerRecord<?, ?> record) {
        leaderEpoch = Math.max(leaderEpoch, record.leaderEpoch().orElse(-1));
        if (!lastIsGone) {
            if (count == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * count);
            }
            bounds[count] = record.offset();
            count += 2;
            lastIsGone = true;
        }
        bounds[count - 1] = record.offset() + 1;
        next = Math.max(next, record.offset() + 1);
    }

    /** A letter stays. */
    void left(ConsumerRecord<?, ?> record) {
        firstLeft = Math.min(firstLeft, record.offset());
        lastIsGone = false;
        next = Math.max(next, record.offset() + 1);
    }

    /** Returns what to commit; nothing if not all of it fits into so many characters. */
    Optional<OffsetAndMetadata> commit(int maxChars) {
        long frontier = Math.min(firstLeft, next);
        DoneRanges done = DoneRanges.of(Arrays.copyOf(bounds, count), leaderEpoch)
                .above(frontier)
                .and(begin.done().above(next));
        return CommittedOffset.of(origin(frontier, done), maxChars);
    }
}
