package io.bywash.core.pull;

import static io.bywash.core.pull.DrivenReader.partition;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.binding.DecodeException;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.session.PartitionSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

/** All partitions in one stream: fair, in order, and honest about records that cannot be decoded. */
class RecordStreamTest {
    private final DrivenReader reader = new DrivenReader();

    private static Optional<ReadRecord<String, String>> poll(DrivenReader from) {
        return from.reading.records().poll(Duration.ZERO);
    }

    private List<String> drain() {
        List<String> read = new ArrayList<>();
        for (Optional<ReadRecord<String, String>> next = poll(reader); next.isPresent(); next = poll(reader)) {
            read.add(next.get().partition().partition() + "@"
                    + next.get().record().value());
        }
        return read;
    }

    @Test
    void aLargeBatchOfOnePartitionHoldsNobodyUp() {
        PartitionSession first = reader.assign(partition(0), 0);
        PartitionSession second = reader.assign(partition(1), 100);
        reader.deliver(first, 1000);
        reader.deliver(second, 2);

        assertEquals(List.of("0@0", "1@100", "0@1", "1@101", "0@2"), drain().subList(0, 5));
    }

    @Test
    void recordsComeWhoeverWasThereFirstTheReaderOrTheRecords() {
        PartitionSession early = reader.assign(partition(0), 0);
        reader.deliver(early, 1);
        assertEquals(List.of("0@0"), drain());

        PartitionSession late = reader.assign(partition(1), 7);
        assertEquals(List.of(), drain());
        reader.deliver(late, 1);
        reader.deliver(early, 1);
        assertEquals(List.of("1@7", "0@1"), drain());
    }

    /** A source that is taken off the list just as a record comes would never be looked at again. */
    @Test
    void missesNothingThatComesWhileItLooks() throws Exception {
        int count = 100_000;
        PartitionSession session = reader.assign(partition(0), 0);
        RecordStream<String, String> records = reader.reading.records();
        FutureTask<Long> reading = new FutureTask<>(() -> {
            long last = -1;
            while (last < count - 1) {
                last = records.poll(Duration.ofSeconds(60)).orElseThrow().offset();
            }
            return last;
        });
        new Thread(reading).start();
        for (int i = 0; i < count && !reading.isDone(); i++) {
            reader.deliver(session, 1);
            while (session.queue().waitingRecords() > 0 && !reading.isDone()) {
                Thread.onSpinWait();
            }
        }
        assertEquals(count - 1, reading.get(60, TimeUnit.SECONDS));
    }

    @Test
    void whatIsTakenLeavesTheBuffer() {
        PartitionSession session = reader.assign(partition(0), 0);
        reader.deliver(session, 2);
        assertEquals(2, session.queue().waitingRecords());
        poll(reader);
        assertEquals(1, session.queue().waitingRecords());
        poll(reader);
        assertEquals(0, session.queue().waitingRecords());
        assertEquals(0, session.queue().waitingBytes());
    }

    @Test
    void aPartitionThatIsTakenAwayIsNotWaitedForAndItsRecordsAreDropped() {
        PartitionSession going = reader.assign(partition(0), 0);
        PartitionSession staying = reader.assign(partition(1), 0);
        reader.deliver(going, 10);
        reader.deliver(staying, 2);
        ReadRecord<String, String> inHand = poll(reader).orElseThrow();
        assertEquals(partition(0), inHand.partition());

        going.stop();
        assertTrue(going.taker().isQuiet());
        assertEquals(List.of("1@0", "1@1"), drain());
        reader.reading.mark(inHand, Optional.empty());
        assertEquals(1, going.ledger().frontierOffset(), "a mark counts until the partition is gone");

        going.release();
        reader.reading.mark(inHand, Optional.empty());
        assertEquals(List.of(new GroupEvent.LateResult(new RecordPosition(partition(0), 0))), reader.events);
    }

    @Test
    void aRecordThatCannotBeDecodedComesInItsTurnAndIsReported() {
        DrivenReader strict = new DrivenReader((topic, bytes) -> {
            if (bytes[0] == '1') {
                throw new IllegalArgumentException("not an order");
            }
            return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        });
        PartitionSession session = strict.assign(partition(0), 0);
        strict.deliver(session, 3);

        assertEquals("0", poll(strict).orElseThrow().record().value());
        ReadRecord<String, String> poison = poll(strict).orElseThrow();
        assertEquals(1, poison.offset());
        assertEquals("1", new String(poison.raw().value(), java.nio.charset.StandardCharsets.UTF_8));
        DecodeException failure = assertThrows(DecodeException.class, poison::record);
        assertEquals(Optional.of(failure), poison.failure());
        assertTrue(failure.getMessage().contains("not an order"), failure::getMessage);
        assertEquals(List.of(new GroupEvent.DecodeFailed(new RecordPosition(partition(0), 1), failure)), strict.events);
        assertEquals(0, session.ledger().frontierOffset(), "nothing is passed over that is not marked");
        assertEquals("2", poll(strict).orElseThrow().record().value());
    }

    @Test
    void anErrorOfADeserialiserLosesNoRecord() {
        List<String> calls = new ArrayList<>();
        Deserializer<String> runsShort = (topic, bytes) -> {
            calls.add(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
            if (calls.size() == 1) {
                throw new StackOverflowError();
            }
            return calls.get(calls.size() - 1);
        };
        DrivenReader strained = new DrivenReader(runsShort);
        strained.deliver(strained.assign(partition(0), 0), 2);

        assertThrows(StackOverflowError.class, () -> poll(strained));
        assertEquals("0", poll(strained).orElseThrow().record().value());
        assertEquals("1", poll(strained).orElseThrow().record().value());
    }

    @Test
    void aFailureOfTheReaderIsThrownIntoTheLoop() {
        RecordStream<String, String> records = reader.reading.records();
        reader.fail(new ConsumerFailedException(Kind.REFUSED, "the broker refused", null));

        Iterator<ReadRecord<String, String>> loop = records.iterator();
        ConsumerFailedException thrown = assertThrows(ConsumerFailedException.class, loop::hasNext);
        assertEquals(Kind.REFUSED, thrown.kind());
        assertEquals("the broker refused", thrown.getMessage());
        assertThrows(ConsumerFailedException.class, () -> poll(reader));
    }

    @Test
    void closingTheReaderEndsTheLoopWhateverElseHappens() {
        RecordStream<String, String> records = reader.reading.records();
        PartitionSession session = reader.assign(partition(0), 0);
        reader.deliver(session, 1);
        reader.reading.close();
        reader.fail(new ConsumerFailedException(Kind.SOFTWARE, "on the way out", null));
        assertFalse(records.iterator().hasNext());
    }

    @Test
    void aReaderIsReadInOneWay() {
        assertEquals(reader.reading.records(), reader.reading.records());
        IllegalStateException refused = assertThrows(IllegalStateException.class, reader.reading::partitions);
        assertEquals(
                "reader driven is read by records() already, so partitions() would get only a part of the records;"
                        + " use one of them, or a reader for each",
                refused.getMessage());
    }
}
