package io.bywash.chaos.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.chaos.load.HotKey;
import io.bywash.chaos.load.Produced;
import io.bywash.chaos.oracle.Position;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What kept up in former spells says nothing of this one. */
class MemoryTrialsTest {
    private static final int ALL = 200;
    private static final int HALF = 100;

    private static final HotKey MIX = new HotKey();

    /** One record a microsecond; the spell begins in the middle. */
    private static final List<Produced> PRODUCED = LongStream.range(0, ALL)
            .mapToObj(number -> new Produced(0, number, MIX.key(number), MIX.task(number), number))
            .toList();

    private static List<String> findings(Predicate<Produced> begun) {
        Set<Position> positions = PRODUCED.stream()
                .filter(begun)
                .map(record -> new Position(record.partition(), record.offset()))
                .collect(Collectors.toSet());
        return MemoryTrials.compare(PRODUCED, HALF, positions);
    }

    private static boolean isOld(Produced record) {
        return record.micros() < HALF;
    }

    @Test
    void whereTheOthersKeepUpAllIsWell() {
        assertEquals(List.of(), findings(record -> isOld(record) || !HotKey.isHot(record)));
    }

    @Test
    void whereTheOthersFallBehindInThisSpellTheFormerOnesAreNoExcuse() {
        List<String> findings = findings(record -> isOld(record) || !HotKey.isHot(record) && record.micros() < 170);
        assertTrue(findings.get(0).startsWith("only 0.7 of the records beside the hot key"), findings.toString());
    }

    @Test
    void whereTheHotKeyIsInFrontTheTrialShowsNothing() {
        List<String> findings = findings(record -> HotKey.isHot(record) || record.micros() < 190);
        assertTrue(findings.get(0).startsWith("the hot key was not behind: 1.0"), findings.toString());
    }

    @Test
    void aSpellWithoutRecordsShowsNothingEither() {
        assertEquals(1, MemoryTrials.compare(PRODUCED, ALL, Set.of()).size());
    }
}
