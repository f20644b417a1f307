package io.bywash.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.session.FailedRecord.Standing;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class FailedRecordsTest {
    private static final FailedRecord THREE = new FailedRecord(3, 1, 2, Standing.PENDING);
    private static final FailedRecord FIVE = new FailedRecord(5, 1, 1, Standing.HALTED);
    private static final FailedRecord NINE = new FailedRecord(9, 2, 7, Standing.PENDING);

    @Test
    void areKeptInTheOrderOfTheOffsetsHoweverTheyCome() {
        FailedRecords failed = new FailedRecords(List.of());
        assertTrue(failed.isEmpty());
        failed.put(FIVE);
        failed.put(NINE);
        failed.put(THREE);
        assertEquals(List.of(THREE, FIVE, NINE), failed.all());
        assertFalse(failed.isEmpty());
    }

    @Test
    void areKnownHoweverTheyWereHandedOn() {
        FailedRecord another = new FailedRecord(5, 2, 4, Standing.PENDING);
        FailedRecords failed = new FailedRecords(List.of(NINE, FIVE, THREE, another));
        assertEquals(List.of(THREE, another, NINE), failed.all());
        assertEquals(2, failed.attempts(record(3, Optional.of(1))));
        assertEquals(4, failed.attempts(record(5, Optional.of(2))));
        assertEquals(7, failed.attempts(record(9, Optional.of(2))));
        failed.remove(5);
        failed.remove(4);
        assertEquals(List.of(THREE, NINE), failed.all());
    }

    @Test
    void areKnownByTheirOffsetAndLeaderEpoch() {
        FailedRecords failed = new FailedRecords(List.of(THREE, NINE));
        assertEquals(Optional.of(NINE), failed.of(record(9, Optional.of(2))));
        assertEquals(7, failed.attempts(record(9, Optional.of(2))));
        assertEquals(Optional.empty(), failed.of(record(4, Optional.of(1))));
        assertEquals(0, failed.attempts(record(4, Optional.of(1))));
        // After a truncation another record has the offset.
        assertEquals(0, failed.attempts(record(9, Optional.of(3))));
        assertEquals(0, failed.attempts(record(9, Optional.empty())));
        assertEquals(7, failed.attemptsAt(9));
        assertEquals(0, failed.attemptsAt(4));
    }

    @Test
    void areKnownByTheirOffsetAloneWhereTheBrokerTellsNoEpoch() {
        FailedRecords failed = new FailedRecords(List.of());
        failed.put(FailedRecord.of(record(9, Optional.empty()), 2, Standing.PENDING));
        assertEquals(2, failed.attempts(record(9, Optional.empty())));
    }

    @Test
    void anOrderIsAboutOneRecordThatIsHaltedNow() {
        FailedRecords failed = new FailedRecords(List.of(THREE, FIVE, NINE));
        failed.halt(record(9, Optional.of(2)));
        assertFalse(failed.order(3, Standing.SKIP_ORDERED), "it is not halted");
        assertFalse(failed.order(4, Standing.SKIP_ORDERED), "there is none");
        assertTrue(failed.order(9, Standing.SKIP_ORDERED));
        assertFalse(failed.order(9, Standing.RETRY_ORDERED), "the first order counts");
        assertEquals(
                List.of(Standing.PENDING, Standing.HALTED, Standing.SKIP_ORDERED),
                failed.all().stream().map(FailedRecord::standing).toList());
    }

    @Test
    void aHaltLeavesAnOrderThatCameFirst() {
        FailedRecords failed = new FailedRecords(List.of(FIVE));
        failed.order(5, Standing.RETRY_ORDERED);
        failed.halt(record(5, Optional.of(1)));
        assertEquals(List.of(FIVE.with(Standing.RETRY_ORDERED)), failed.all());
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, Optional<Integer> leaderEpoch) {
        return new ConsumerRecord<>(
                "topic",
                0,
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                leaderEpoch);
    }

    @Test
    void takeTheLatestThatIsKnownOfARecord() {
        FailedRecords failed = new FailedRecords(List.of(THREE, NINE));
        FailedRecord again = new FailedRecord(3, 1, 3, Standing.HALTED);
        failed.put(again);
        assertEquals(List.of(again, NINE), failed.all());
        failed.remove(3);
        failed.remove(4);
        assertEquals(List.of(NINE), failed.all());
    }

    @Test
    void tellWhetherAnyIsHalted() {
        FailedRecords failed = new FailedRecords(List.of(THREE));
        assertFalse(failed.areHalted());
        failed.put(FIVE);
        assertTrue(failed.areHalted());
        failed.remove(5);
        assertFalse(failed.areHalted());
    }

    @Test
    void areForgottenUpToAnOffset() {
        FailedRecords failed = new FailedRecords(List.of(THREE, FIVE, NINE));
        failed.removeThrough(5);
        assertEquals(List.of(NINE), failed.all());
    }

    @Test
    void doNotChangeUnderThoseWhoLookAtThem() {
        FailedRecords failed = new FailedRecords(List.of(THREE));
        List<FailedRecord> seen = failed.all();
        failed.put(FIVE);
        failed.remove(3);
        assertEquals(List.of(THREE), seen);
        assertThrows(UnsupportedOperationException.class, () -> failed.all().clear());
    }
}
