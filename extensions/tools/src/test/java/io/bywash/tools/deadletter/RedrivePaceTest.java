package io.bywash.tools.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RedrivePaceTest {
    private static final long SECOND = 1_000_000_000;

    private long now = -SECOND;

    private RedrivePace pace(OptionalInt perSecond) {
        return new RedrivePace(perSecond, () -> now);
    }

    @Test
    void eachBatchHasItsTime() {
        RedrivePace pace = pace(OptionalInt.of(10));
        assertEquals(0, pace.nanosLeft());
        pace.took(10);
        assertEquals(SECOND, pace.nanosLeft());
        now += SECOND;
        pace.took(5);
        assertEquals(SECOND / 2, pace.nanosLeft());
    }

    @Test
    void timeWithoutLettersIsNotSavedUp() {
        RedrivePace pace = pace(OptionalInt.of(10));
        now += 60 * SECOND;
        pace.took(10);
        assertEquals(SECOND, pace.nanosLeft());
        now += 30 * SECOND;
        pace.took(10);
        assertEquals(SECOND, pace.nanosLeft());
    }

    @Test
    void withoutALimitNothingWaits() {
        RedrivePace pace = pace(OptionalInt.empty());
        pace.took(500);
        assertTrue(pace.nanosLeft() <= 0);
    }
}
