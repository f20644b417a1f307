package io.bywash.core.pull;

import static io.bywash.core.pull.DrivenReader.partition;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.session.PartitionSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A stream for each ownership of a partition: taking it away waits for its reader, and the next one begins after it. */
class PartitionStreamTest {
    private final DrivenReader reader = new DrivenReader();

    private Optional<PartitionStream<String, String>> next() {
        return reader.reading.partitions().poll(Duration.ZERO);
    }

    private static Optional<String> value(PartitionStream<String, String> stream) {
        return stream.poll(Duration.ZERO).map(read -> read.record().value());
    }

    @Test
    void eachPartitionComesOnceAndBringsItsOwnRecords() {
        PartitionSession first = reader.assign(partition(0), 10);
        PartitionSession second = reader.assign(partition(1), 20);
        reader.deliver(second, 1);
        PartitionStream<String, String> one = next().orElseThrow();
        PartitionStream<String, String> two = next().orElseThrow();
        reader.deliver(first, 1);
        assertEquals(Optional.empty(), next());

        assertEquals(partition(0), one.partition());
        assertEquals(10, one.initialOffset());
        assertEquals(Optional.of("10"), value(one));
        assertEquals(Optional.empty(), value(one));
        assertEquals(partition(1), two.partition());
        assertEquals(Optional.of("20"), value(two));
    }

    @Test
    void takingAwayWaitsUntilTheStreamIsClosed() {
        PartitionSession session = reader.assign(partition(0), 0);
        reader.deliver(session, 3);
        PartitionStream<String, String> stream = next().orElseThrow();
        ReadRecord<String, String> inHand = stream.poll(Duration.ZERO).orElseThrow();

        session.stop();
        assertFalse(stream.iterator().hasNext(), "the records that wait are the next owner's");
        assertFalse(stream.isOpen());
        assertFalse(session.taker().isQuiet());
        reader.reading.mark(inHand, Optional.empty());
        stream.close();
        assertTrue(session.taker().isQuiet());
        assertEquals(1, session.ledger().frontierOffset());
        session.release();
        assertEquals(List.of(), reader.events);
    }

    @Test
    void aPartitionThatNobodyReadsIsNotWaitedFor() {
        PartitionSession session = reader.assign(partition(0), 0);
        reader.reading.partitions();
        session.stop();
        assertTrue(session.taker().isQuiet());
        assertEquals(Optional.empty(), next());
    }

    @Test
    void aStreamLeftOpenIsReportedAndItsMarksAreLate() {
        PartitionSession session = reader.assign(partition(0), 0);
        reader.deliver(session, 1);
        PartitionStream<String, String> stream = next().orElseThrow();
        ReadRecord<String, String> inHand = stream.poll(Duration.ZERO).orElseThrow();
        session.stop();
        session.release();
        reader.reading.mark(inHand, Optional.empty());

        assertEquals(
                List.of(
                        new GroupEvent.StreamNotClosed(partition(0)),
                        new GroupEvent.LateResult(new RecordPosition(partition(0), 0))),
                reader.events);
        assertEquals(0, session.ledger().frontierOffset());
    }

    @Test
    void thePartitionComesAgainWhenItsFormerStreamIsClosed() {
        PartitionSession former = reader.assign(partition(0), 0);
        PartitionStream<String, String> old = next().orElseThrow();
        former.lose();
        PartitionSession later = reader.assign(partition(0), 5);
        reader.deliver(later, 1);
        assertEquals(Optional.empty(), next(), "its former reader may still be at work");

        old.close();
        PartitionStream<String, String> fresh = next().orElseThrow();
        assertEquals(5, fresh.initialOffset());
        assertEquals(Optional.of("5"), value(fresh));
        assertEquals(Optional.empty(), value(old));
    }

    @Test
    void aResetEndsTheStreamAtOnce() {
        PartitionSession session = reader.assign(partition(0), 0);
        reader.deliver(session, 3);
        PartitionStream<String, String> stream = next().orElseThrow();
        ReadRecord<String, String> first = stream.poll(Duration.ZERO).orElseThrow();
        ReadRecord<String, String> second = stream.poll(Duration.ZERO).orElseThrow();
        reader.reading.reset(first);

        assertEquals(List.of(new RecordPosition(partition(0), 0)), reader.resets);
        assertEquals(Optional.empty(), value(stream), "nothing of before the reset comes after it");
        reader.reading.mark(second, Optional.empty());
        assertEquals(0, session.ledger().frontierOffset(), "nor is it committed");
        assertEquals(List.of(new GroupEvent.LateResult(new RecordPosition(partition(0), 1))), reader.events);
    }

    @Test
    void closingTheStreamOfStreamsEndsThemAllButStillWaitsForTheirReaders() {
        PartitionSession session = reader.assign(partition(0), 0);
        reader.assign(partition(1), 0);
        reader.deliver(session, 2);
        PartitionStream<String, String> stream = next().orElseThrow();
        reader.reading.partitions().close();
        assertEquals(Optional.empty(), next());
        assertEquals(Optional.empty(), value(stream));
        session.stop();
        assertFalse(session.taker().isQuiet());
        stream.close();
        assertTrue(session.taker().isQuiet());
    }

    @Test
    void closingTheReaderWaitsForNobody() {
        PartitionSession session = reader.assign(partition(0), 0);
        PartitionStream<String, String> stream = next().orElseThrow();
        reader.reading.close();
        session.stop();
        assertTrue(session.taker().isQuiet());
        assertFalse(stream.iterator().hasNext());
    }

    @Test
    void aFailureEndsTheStreamsOfPartitionsAndComesOutOfTheStreamOfStreams() {
        PartitionSession session = reader.assign(partition(0), 0);
        PartitionStream<String, String> stream = next().orElseThrow();
        session.lose();
        reader.fail(new ConsumerFailedException(ConsumerFailedException.Kind.FENCED, "fenced", null));
        assertFalse(stream.iterator().hasNext());
        assertThrows(ConsumerFailedException.class, this::next);
    }

    @Test
    void aReaderIsReadInOneWay() {
        reader.reading.partitions();
        IllegalStateException refused = assertThrows(IllegalStateException.class, reader.reading::records);
        assertTrue(
                refused.getMessage().startsWith("reader driven is read by partitions() already"), refused::getMessage);
    }
}
