package io.bywash.core.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecessTest {
    /** Times of the ticker may be close to where they turn negative. */
    private static final long BEGIN = Long.MAX_VALUE - millis(20);

    private final Recess recess = new Recess(BEGIN, 4);

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void nobodyStaysAwayWhereAllComeBackInTime() {
        recess.cameBack(TimeUnit.MICROSECONDS.toNanos(200), BEGIN);
        assertTrue(recess.left(BEGIN) <= 0);
    }

    @Test
    void whoComesBackLateKeepsAllAwayForAShortTime() {
        recess.cameBack(millis(5), BEGIN);
        long left = recess.left(BEGIN);
        assertTrue(left > 0 && left < millis(1), () -> left + " ns");
        assertEquals(left - 100, recess.left(BEGIN + 100));
        assertTrue(recess.left(BEGIN + left) <= 0);
    }

    @Test
    void itLastsLongerWhereMoreHaveToComeBack() {
        recess.cameBack(millis(500), BEGIN);
        assertTrue(recess.left(BEGIN) >= millis(2));
    }

    /** All threads of a process that was stopped for long come back late, and have to share their processors as before. */
    @Test
    void aLongStandstillNeitherMakesItLongNorTheNextOneLate() {
        recess.cameBack(millis(600_000), BEGIN);
        assertTrue(recess.left(BEGIN) < millis(5), () -> recess.left(BEGIN) + " ns");
        long later = BEGIN + millis(250);
        recess.cameBack(millis(10), later);
        assertTrue(recess.left(later) > 0);
    }

    @Test
    void theNextOneBeginsLater() {
        recess.cameBack(millis(5), BEGIN);
        recess.cameBack(millis(5), BEGIN + millis(30));
        assertTrue(recess.left(BEGIN + millis(30)) <= 0);
        recess.cameBack(millis(5), BEGIN + millis(60));
        assertTrue(recess.left(BEGIN + millis(60)) > 0);
    }
}
