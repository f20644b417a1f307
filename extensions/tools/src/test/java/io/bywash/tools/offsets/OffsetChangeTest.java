package io.bywash.tools.offsets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.session.Origin;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What is complete beyond a committed offset counts, as it is forgotten with it. */
class OffsetChangeTest {
    /** Committed is 10; 12 to 14 and 20 to 29 are complete beyond it. */
    private static OffsetChange change(long to) {
        Origin before = new Origin(
                10,
                Optional.empty(),
                List.of(),
                DoneRanges.of(new long[] {12, 15, 20, 30}, 0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new OffsetChange(new TopicPartition("orders", 0), Optional.of(before), to);
    }

    @Test
    void toTheSameOffsetRepeatsWhatIsCompleteBeyondIt() {
        assertEquals(13, change(10).repeated());
        assertEquals(0, change(10).skipped());
        assertTrue(change(10).isSome());
    }

    @Test
    void backwardsRepeatsBoth() {
        assertEquals(10 + 13, change(0).repeated());
    }

    @Test
    void forwardsSkipsOnlyWhatWasNotComplete() {
        assertEquals(2 + 5, change(22).skipped());
        assertEquals(8, change(22).repeated());
    }

    @Test
    void nothingIsChangedWhereNothingMoreIsCommitted() {
        TopicPartition partition = new TopicPartition("orders", 0);
        Origin plain = new Origin(
                10, Optional.empty(), List.of(), DoneRanges.NONE, Optional.empty(), Optional.empty(), Optional.empty());
        assertFalse(new OffsetChange(partition, Optional.of(plain), 10).isSome());
        OffsetChange fresh = new OffsetChange(partition, Optional.empty(), 10);
        assertTrue(fresh.isSome());
        assertEquals(0, fresh.repeated() + fresh.skipped());
    }
}
