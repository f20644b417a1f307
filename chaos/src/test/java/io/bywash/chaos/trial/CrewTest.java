package io.bywash.chaos.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.chaos.process.ChildJvm;
import io.bywash.chaos.worker.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody in a crew goes without notice, even if others take over at once. */
class CrewTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int TERMINATED = 143;

    @TempDir
    private Path directory;

    private Crew crew;

    /** A member with a number for its name ends at once, with that number. */
    @BeforeEach
    void assemble() {
        crew = new Crew(
                directory,
                (member, journal, log) -> ChildJvm.start(
                        Obedient.class, "32m", log, member.matches("\\d+") ? List.of(member) : List.of()));
    }

    @AfterEach
    void dismiss() {
        crew.close();
    }

    @Test
    void whoEndsByItselfIsNoticedAlthoughTheNextOneRuns() throws IOException {
        crew.start("7");
        assertTrue(crew.process("7").awaitExit(LIMIT));
        crew.start("7");
        assertTrue(crew.process("7").awaitExit(LIMIT));
        crew.start("a");
        List<String> wrong = crew.wrongEnds(TERMINATED);
        assertEquals(2, wrong.size(), wrong.toString());
        assertTrue(wrong.get(0).startsWith("worker 7-0 ended by itself, with exit code 7"), wrong.toString());
    }

    @Test
    void whoWasGoneBeforeItWasToldHasEndedByItself() throws IOException {
        crew.start("0");
        assertTrue(crew.process("0").awaitExit(LIMIT));
        crew.process("0").terminate();
        crew.process("0").kill();
        assertEquals(1, crew.wrongEnds(TERMINATED).size());
    }

    @Test
    void whoIsToldToEndHasToEndWithTheRightCode() throws IOException {
        crew.start("a");
        assertEquals(List.of(), crew.stopAll(LIMIT));
        assertEquals(List.of(), crew.wrongEnds(TERMINATED));
        List<String> wrong = crew.wrongEnds(0);
        assertTrue(
                wrong.get(0).startsWith("worker a-0 was told to end and ended with exit code 143"), wrong.toString());
    }

    @Test
    void whoTakesItsTimeIsNoticedEvenIfItIsKilledThen() throws IOException {
        crew.start("a");
        crew.process("a").terminate();
        crew.process("a").kill();
        crew.start("b");
        crew.process("b").kill();
        assertEquals(List.of(), crew.lateEnds(LIMIT));
        List<String> late = crew.lateEnds(Duration.ZERO);
        assertEquals(1, late.size(), late.toString());
        assertTrue(late.get(0).startsWith("worker a-0 went on for PT"), late.toString());
    }

    @Test
    void whoHasWrittenNoSuchLineIsKnown() throws IOException {
        crew.start("a");
        crew.start("b");
        Files.writeString(directory.resolve("b-1.journal"), "START 9000 0 1 1\n");
        assertEquals(List.of("a-0"), crew.without(Mark.START, List.of("a-0", "b-1")));
    }

    @Test
    void whoEndsInOrderTellsWhatItCounted() throws IOException {
        crew.start("a");
        assertEquals(List.of("worker a-0 ended without telling what it counted"), crew.dismiss(LIMIT, TERMINATED));
        Files.writeString(directory.resolve("b-1.journal"), "COUNTED 9000 -1 2 0\n");
        crew.start("b");
        assertEquals(List.of(), crew.dismiss(LIMIT, TERMINATED));
    }

    @Test
    void whoIsKilledHasNothingToSay() throws IOException {
        crew.start("a");
        crew.process("a").kill();
        assertEquals(List.of(), crew.wrongEnds(TERMINATED));
    }
}
