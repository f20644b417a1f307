package io.bywash.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailedRecordsTest {
    private static final FailedRecord THREE = new FailedRecord(3, 2, false);
    private static final FailedRecord FIVE = new FailedRecord(5, 1, true);
    private static final FailedRecord NINE = new FailedRecord(9, 7, false);

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
    void areKnownByTheirOffset() {
        FailedRecords failed = new FailedRecords(List.of(THREE, NINE));
        assertEquals(Optional.of(NINE), failed.at(9));
        assertEquals(7, failed.attempts(9));
        assertEquals(Optional.empty(), failed.at(4));
        assertEquals(0, failed.attempts(4));
    }

    @Test
    void takeTheLatestThatIsKnownOfARecord() {
        FailedRecords failed = new FailedRecords(List.of(THREE, NINE));
        FailedRecord again = new FailedRecord(3, 3, true);
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
