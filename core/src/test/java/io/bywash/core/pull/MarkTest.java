package io.bywash.core.pull;

import static io.bywash.core.pull.DrivenReader.partition;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.ledger.Frontier;
import io.bywash.core.session.PartitionSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a mark moves, and what it cannot move. */
class MarkTest {
    private final DrivenReader reader = new DrivenReader();
    private final PartitionSession session = reader.assign(partition(0), 10);

    @BeforeEach
    void takeFive() {
        reader.deliver(session, 8);
        for (int i = 0; i < 5; i++) {
            reader.reading.records().poll(Duration.ZERO).orElseThrow();
        }
    }

    private void mark(long offset, String... text) {
        reader.reading.mark(
                new RecordPosition(partition(0), offset), List.of(text).stream().findFirst());
    }

    private Frontier frontier() {
        return session.ledger().frontier();
    }

    @Test
    void completesTheRecordAndAllBeforeIt() {
        mark(12);
        assertEquals(13, frontier().offset());
        mark(14);
        assertEquals(15, frontier().offset());
        assertEquals(List.of(), reader.events);
    }

    @Test
    void neverGoesBack() {
        mark(12, "twelve");
        mark(11, "eleven");
        mark(12, "twelve again");
        assertEquals(new Frontier(13, Optional.empty(), DoneRanges.NONE, Optional.of("twelve")), frontier());
        assertEquals(List.of(), reader.events);
    }

    @Test
    void itsTextStaysUntilAnotherComes() {
        assertEquals(Optional.empty(), frontier().text());
        mark(10, "ten");
        mark(12);
        assertEquals(new Frontier(13, Optional.empty(), DoneRanges.NONE, Optional.of("ten")), frontier());
        mark(13, "thirteen");
        assertEquals(new Frontier(14, Optional.empty(), DoneRanges.NONE, Optional.of("thirteen")), frontier());
    }

    @Test
    void passesOverNothingThatWasNotTaken() {
        mark(15);
        assertEquals(10, frontier().offset());
        assertEquals(List.of(new GroupEvent.LateResult(new RecordPosition(partition(0), 15))), reader.events);
    }

    @Test
    void isLateForAPartitionThatIsNotHere() {
        reader.reading.mark(new RecordPosition(partition(7), 1), Optional.empty());
        assertEquals(List.of(new GroupEvent.LateResult(new RecordPosition(partition(7), 1))), reader.events);
    }

    @Test
    void ofAFormerOwnershipDoesNotTouchTheNext() {
        ReadRecord<String, String> former =
                reader.reading.records().poll(Duration.ZERO).orElseThrow();
        session.lose();
        PartitionSession next = reader.assign(partition(0), 10);
        reader.deliver(next, 8);
        for (int i = 0; i < 8; i++) {
            reader.reading.records().poll(Duration.ZERO).orElseThrow();
        }
        reader.reading.mark(former, Optional.empty());
        assertEquals(10, next.ledger().frontierOffset());
        assertEquals(List.of(new GroupEvent.LateResult(new RecordPosition(partition(0), 15))), reader.events);
    }

    @Test
    void refusesATextThatNoCommitWouldTake() {
        mark(11, "é".repeat(1500));
        assertEquals(12, frontier().offset());
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> mark(12, "é".repeat(1500) + "!"));
        assertEquals(
                "a mark's text of 3001 bytes in UTF-8 is too long, at most 3000 fit beside an offset; keep it elsewhere"
                        + " and its key here",
                refused.getMessage());
        assertEquals(12, frontier().offset());
    }

    @Test
    void aResetRefusesANegativeOffset() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> reader.reading.reset(new RecordPosition(partition(0), -1)));
        assertEquals("the offset in topic-0 is -1, but offsets are not negative", refused.getMessage());
        assertEquals(List.of(), reader.resets);
    }
}
