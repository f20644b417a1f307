package io.bywash.benchmarks.handover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.benchmarks.handover.Journal.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Windows are of one length, and one is through when nothing of it can come any more. */
class WindowTest {

    @Test
    void followEachOtherWithoutAGap() {
        assertEquals(
                List.of(new Window(5, 6_005), new Window(6_005, 12_005), new Window(12_005, 18_005)),
                Window.consecutive(3, 5, Duration.ofMillis(6)));
        assertEquals(new Window(5, 6_005), Window.of(5, Duration.ofMillis(6)));
    }

    @Test
    void isThroughWhenEveryPartitionHasHandledALaterRecord() {
        Window window = new Window(0, 1_000);
        Entry lateOfTheWindow = new Entry(0, 0, 9_000, 8_001);
        Entry later = new Entry(0, 1, 9_000, 8_000);
        Entry ofTheOther = new Entry(1, 0, 1_001, 1);
        assertFalse(window.isThrough(List.of(lateOfTheWindow, ofTheOther), Set.of(0, 1)));
        assertFalse(window.isThrough(List.of(later), Set.of(0, 1)));
        assertTrue(window.isThrough(List.of(later, ofTheOther), Set.of(0, 1)));
    }
}
