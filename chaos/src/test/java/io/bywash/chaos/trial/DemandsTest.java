package io.bywash.chaos.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.chaos.oracle.Delays;
import io.bywash.chaos.oracle.Erased;
import io.bywash.chaos.oracle.Position;
import io.bywash.chaos.oracle.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A trial is not content with a run that did not show what it is about. */
class DemandsTest {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration LONGER = Duration.ofMillis(3_001);

    private static Verdict verdict(long holes, long telling, Map<String, Integer> repeated, Delays delays) {
        return new Verdict(1, 100, holes, telling, repeated, 0, 0, delays, List.of(), List.of());
    }

    private static Verdict counting(long holes, long telling) {
        return verdict(holes, telling, Map.of(), Delays.NONE);
    }

    private static Verdict of(Duration pause, Duration standstill, Duration handOver) {
        return verdict(0, 0, Map.of(), new Delays(pause, standstill, handOver, Duration.ZERO, Duration.ZERO));
    }

    private static void finds(String what, Verdict verdict) {
        assertEquals(1, verdict.findings().size());
        assertTrue(verdict.findings().get(0).contains(what), verdict.findings().get(0));
    }

    private static void isContent(Verdict verdict) {
        assertEquals(List.of(), verdict.findings());
    }

    @Test
    void aRepetitionIsFound() {
        isContent(Demands.noRepetition(counting(0, 0)));
        finds("killed", Demands.noRepetition(verdict(0, 0, Map.of("killed", 1), Delays.NONE)));
    }

    @Test
    void aLogThatLosesNothingIsFound() {
        finds("no record was erased", Demands.erasedRecords(counting(0, 0)));
        isContent(Demands.erasedRecords(new Verdict(
                1,
                0,
                0,
                0,
                Map.of(),
                0,
                0,
                Delays.NONE,
                List.of(new Erased(new Position(0, 0), 1, Erased.Fate.NOT_HANDLED)),
                List.of())));
    }

    @Test
    void whatStandsStillForTooLongIsFound() {
        isContent(Demands.pausesUpTo(LIMIT, of(LIMIT, LONGER, LONGER)));
        finds("that no fault hit", Demands.pausesUpTo(LIMIT, of(LONGER, Duration.ZERO, Duration.ZERO)));
        isContent(Demands.standstillsUpTo(LIMIT, of(LONGER, LIMIT, LONGER)));
        finds("stood still", Demands.standstillsUpTo(LIMIT, of(Duration.ZERO, LONGER, Duration.ZERO)));
        isContent(Demands.handOversUpTo(LIMIT, of(LONGER, LONGER, LIMIT)));
        finds("on its way", Demands.handOversUpTo(LIMIT, of(Duration.ZERO, Duration.ZERO, LONGER)));
    }

    @Test
    void aRevocationThatTakesTooLongIsFound() {
        Delays slow = new Delays(Duration.ZERO, Duration.ZERO, Duration.ZERO, LONGER, Duration.ZERO);
        isContent(Demands.revocationsUpTo(LONGER, verdict(0, 0, Map.of(), slow)));
        finds("giving a partition up took PT3.001S", Demands.revocationsUpTo(LIMIT, verdict(0, 0, Map.of(), slow)));
    }

    @Test
    void commitsThatNeverTellAnythingAreFound() {
        isContent(Demands.tellingCommits(counting(0, 1)));
        finds("no commit told", Demands.tellingCommits(counting(0, 0)));
        isContent(Demands.bareCommits(counting(0, 0)));
        finds("1 commits told", Demands.bareCommits(counting(0, 1)));
    }

    @Test
    void aRefusalThatNobodyMetIsFound() {
        isContent(Demands.refusedLetters(1, counting(0, 0)));
        finds("no dead letter was refused", Demands.refusedLetters(0, counting(0, 0)));
    }

    @Test
    void aLogWithoutHolesIsFound() {
        isContent(Demands.holesBeside(7, counting(8, 0)));
        finds("7 holes", Demands.holesBeside(7, counting(7, 0)));
    }

    @Test
    void twoRunsHaveTheSumsAndTheLongerTimes() {
        Verdict both = counting(2, 3)
                .and(verdict(1, 1, Map.of(), new Delays(LIMIT, Duration.ZERO, LONGER, Duration.ZERO, LONGER)));
        assertEquals(
                verdict(3, 4, Map.of(), new Delays(LIMIT, Duration.ZERO, LONGER, Duration.ZERO, LONGER))
                        .delays(),
                both.delays());
        assertEquals(3, both.holes());
        assertEquals(4, both.telling());
    }
}
