package io.bywash.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeyOrderBoundTest {
    private static final long LATE_MICROS = 50_000;

    @Test
    void onlyRecordsBehindASlowOneOfTheirKeyAreLate() {
        // One key, ten records 10 ms apart; the third takes 85 ms. Those after it wait 75, 65, 55, 45 ms and less.
        AtomicInteger drawn = new AtomicInteger();
        Content content =
                new Content(1, 10, 100, new Keys.Uniform(1), random -> drawn.getAndIncrement() == 2 ? 85_000 : 0);
        assertEquals(3 / 9.0, new KeyOrderBound(content, 100).late(0, LATE_MICROS));
    }

    @Test
    void recordsOfTheWarmUpHoldUpOthersButDoNotCount() {
        AtomicInteger drawn = new AtomicInteger();
        Content content =
                new Content(1, 10, 100, new Keys.Uniform(1), random -> drawn.getAndIncrement() == 2 ? 85_000 : 0);
        assertEquals(2 / 6.0, new KeyOrderBound(content, 100).late(4, LATE_MICROS));
    }

    @Test
    void nobodyIsLateWhereNothingTakesTime() {
        Content content = new Content(1, 10, 100, new Keys.Uniform(1), Content.WorkTime.NONE);
        assertEquals(0, new KeyOrderBound(content, 100).late(0, LATE_MICROS));
    }
}
