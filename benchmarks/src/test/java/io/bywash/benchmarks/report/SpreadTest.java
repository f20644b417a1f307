package io.bywash.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** The middle of the figures, whatever their order and number. */
class SpreadTest {

    @Test
    void takesTheMiddleOne() {
        assertEquals(new Spread(2, 1, 9), Spread.of(9, 1, 2));
    }

    @Test
    void takesHalfwayBetweenTheTwoInTheMiddle() {
        assertEquals(new Spread(3, 1, 9), Spread.of(9, 4, 1, 2));
    }

    @Test
    void refusesToSumUpNothing() {
        assertThrows(IllegalArgumentException.class, Spread::of);
    }
}
