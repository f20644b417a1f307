package io.bywash.benchmarks.handover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.benchmarks.handover.Journal.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The delays before a change and during it are the longest of equally many records of the same partitions. */
class JoiningTest {
    private static final Duration LENGTH = Duration.ofSeconds(6);
    private static final List<Window> STEADY = Window.consecutive(3, 0, LENGTH);
    private static final Window CHANGE = Window.of(20_000_000, LENGTH);
    private static final Map<Integer, String> BEFORE = Map.of(0, "first", 1, "second", 2, "second");
    private static final Map<Integer, String> AFTER = Map.of(0, "first", 1, "second", 2, "third");

    @Test
    void comparesWithTheMedianOfTheSteadyWindowsInPartitionsThatStayed() {
        List<Entry> handled = List.of(
                due(0, 1_000, 10),
                due(1, 2_000, 4),
                due(0, 7_000, 400),
                due(1, 13_000, 20),
                due(2, 13_000, 900),
                due(1, 21_000, 30),
                due(2, 21_000, 1_000));
        Joining joining = Joining.of(handled, STEADY, CHANGE, BEFORE, AFTER);
        assertEquals(new Joining(20, 30, 1_000, 2), joining);
        assertEquals(1.5, joining.overSteady());
    }

    @Test
    void countsTheRecordsThatWereDueInAWindowWheneverTheyWereHandled() {
        List<Entry> handled = List.of(
                due(0, 1_000, 10),
                due(0, 7_000, 10),
                due(0, 13_000, 10),
                // Due between the windows, and when the last one is over.
                due(0, 19_000, 5_000),
                due(0, 26_000, 5_000),
                due(0, 25_999, 3_000),
                due(2, 20_000, 9_000));
        Joining joining = Joining.of(handled, STEADY, CHANGE, BEFORE, AFTER);
        assertEquals(new Joining(10, 3_000, 9_000, 2), joining);
    }

    @Test
    void hasNothingToCompareWhereNoPartitionStayed() {
        List<Entry> handled = List.of(due(0, 1_000, 10), due(0, 21_000, 10));
        Joining joining = Joining.of(handled, STEADY, CHANGE, Map.of(0, "first"), Map.of(0, "third"));
        assertEquals(new Joining(Double.NaN, Double.NaN, 10, 0), joining);
        assertTrue(Double.isNaN(joining.overSteady()));
    }

    /** Returns a record, with the time it was due and its delay in milliseconds. */
    private static Entry due(int partition, int dueMillis, int delayMillis) {
        return new Entry(partition, 0, (dueMillis + delayMillis) * 1_000L, delayMillis * 1_000L);
    }
}
