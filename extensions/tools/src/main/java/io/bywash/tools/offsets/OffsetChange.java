package io.bywash.tools.offsets;

import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.session.Origin;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/**
 * What a reset does to one partition.
 *
 * @param partition the partition
 * @param before what is committed, if anything is
 * @param to what will be
 */
public record OffsetChange(TopicPartition partition, Optional<Origin> before, long to) {

    /**
     * Returns the offset that is committed.
     *
     * @return the offset, if there is one
     */
    public OptionalLong from() {
        return before.isPresent() ? OptionalLong.of(before.get().offset()) : OptionalLong.empty();
    }

    /**
     * Returns how many offsets are read once more: those before what is committed, and those that were complete beyond it, which is
     * forgotten.
     *
     * @return the number, 0 if none is or nothing was committed
     */
    public long repeated() {
        return before.map(origin -> Math.max(0, origin.offset() - to) + done(origin, to, Long.MAX_VALUE))
                .orElse(0L);
    }

    /**
     * Returns how many offsets are passed over that were not complete.
     *
     * @return the number, 0 if none is or nothing was committed
     */
    public long skipped() {
        return before.map(origin -> Math.max(0, to - origin.offset() - done(origin, origin.offset(), to)))
                .orElse(0L);
    }

    /** How many offsets within bounds were complete beyond what was committed. */
    private static long done(Origin origin, long from, long end) {
        DoneRanges ranges = origin.done();
        return IntStream.range(0, ranges.count())
                .mapToLong(range -> Math.max(0, Math.min(end, ranges.end(range)) - Math.max(from, ranges.first(range))))
                .sum();
    }

    /**
     * Returns how many records had failed and are counted anew.
     *
     * @return the number, as the commit tells
     */
    public int forgotten() {
        return before.map(origin -> origin.failed().size()).orElse(0);
    }

    /** Tells whether anything is other than before. */
    boolean isSome() {
        return before.isEmpty() || before.get().offset() != to || repeated() > 0 || forgotten() > 0;
    }
}
