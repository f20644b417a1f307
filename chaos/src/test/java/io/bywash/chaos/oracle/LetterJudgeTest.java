package io.bywash.chaos.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.chaos.load.Produced;
import io.bywash.chaos.worker.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle knows dead letters from others, and what follows one. */
class LetterJudgeTest {
    @TempDir
    private Path directory;

    private Paper paper;

    @BeforeEach
    void takeAClean() {
        paper = new Paper(directory);
    }

    private void poison() {
        paper.visible(1, Task.poison(1));
        paper.acknowledged.set(1, new Produced(0, 1, "key", Task.poison(1), 1));
    }

    private static final String FAILED =
            Paper.HANDLED.replace("OK 5000 0 1 1\n", "FAILED 5000 0 1 1\nSTART 6000 0 1 2\nFAILED 7000 0 1 2\n");

    private static Letter letter(Task task, int omitted, long millis) {
        return new Letter(new Position(0, 1), Paper.entry(task), omitted, millis);
    }

    @Test
    void poisonHasADeadLetter() throws IOException {
        poison();
        paper.journal("a", FAILED);
        assertTrue(paper.findings().contains("poison without a dead letter (1)"), paper.findings());
        paper.letters.add(letter(Task.poison(1), -1, 8));
        assertEquals("", paper.findings());
    }

    @Test
    void aSecondDeadLetterOfOneOwnerIsNoticed() throws IOException {
        poison();
        paper.journal("a", FAILED);
        paper.letters.add(letter(Task.poison(1), -1, 8));
        paper.letters.add(letter(Task.poison(1), -1, 9));
        assertTrue(paper.findings().startsWith("two dead letters of one owner (1)"), paper.findings());
    }

    @Test
    void aSecondDeadLetterOfAnOwnerWhoNeedNotCallIsExplained() throws IOException {
        poison();
        paper.journal("a", FAILED);
        paper.letters.add(letter(Task.poison(1), -1, 8));
        paper.letters.add(letter(Task.poison(1), -1, 21));
        paper.journal("b", "ASSIGNED 22000 0 -1 0\n");
        assertTrue(paper.findings().startsWith("two dead letters of one owner (1)"), paper.findings());
        paper.journal("c", "ASSIGNED 20000 0 -1 0\n");
        assertEquals("", paper.findings());
    }

    @Test
    void aSecondDeadLetterOfAnOwnerWhoWasToldOfTheFirstIsNoticed() throws IOException {
        poison();
        paper.journal("a", FAILED);
        paper.letters.add(letter(Task.poison(1), -1, 8));
        paper.letters.add(letter(Task.poison(1), -1, 21));
        paper.journal("b", "ASSIGNED 20000 0 -1 0\n");
        assertEquals("", paper.findings());
        paper.commits.add(Paper.commit(2, 10));
        assertTrue(paper.findings().startsWith("two dead letters of one owner (1)"), paper.findings());
    }

    @Test
    void whoWasKilledBeforeTheFirstFailureWroteNone() throws IOException {
        poison();
        paper.journal("z", "ASSIGNED 100 0 -1 0\n");
        paper.journal("a", FAILED);
        paper.letters.add(letter(Task.poison(1), -1, 8));
        paper.letters.add(letter(Task.poison(1), -1, 9));
        assertEquals("", paper.findings());
        paper.faults.add(new Fault(Fault.KILL, 200, "z"));
        assertTrue(paper.findings().startsWith("two dead letters of one owner (1)"), paper.findings());
    }

    @Test
    void whoGaveThePartitionUpBeforeTheLastAttemptFailedWroteNone() throws IOException {
        poison();
        paper.journal("z", "ASSIGNED 100 0 -1 0\nREVOKED 6500 0 -1 0\n");
        paper.journal("a", FAILED);
        paper.letters.add(letter(Task.poison(1), -1, 8));
        assertEquals("", paper.findings());
        paper.letters.add(letter(Task.poison(1), -1, 9));
        assertTrue(paper.findings().startsWith("two dead letters of one owner (1)"), paper.findings());
    }

    @Test
    void aDeadLetterBeforeTheAttemptsAreUsedUpIsNoticed() throws IOException {
        poison();
        paper.journal("a", FAILED);
        paper.letters.add(letter(Task.poison(1), -1, 6));
        assertTrue(paper.findings().startsWith("a dead letter before the attempts were used up (1)"), paper.findings());
        paper.letters.set(0, letter(Task.poison(1), -1, 7));
        assertEquals("", paper.findings());
    }

    @Test
    void aThirdDeadLetterOfTwoOwnersIsNoticed() throws IOException {
        poison();
        paper.journal("a", FAILED);
        paper.journal("b", "ASSIGNED 20000 0 -1 0\n");
        for (long millis : new long[] {8, 21, 22}) {
            paper.letters.add(letter(Task.poison(1), -1, millis));
        }
        assertTrue(paper.findings().startsWith("two dead letters of one owner (1)"), paper.findings());
    }

    @Test
    void aCallAfterTheDeadLetterWasCommittedIsNoticed() throws IOException {
        poison();
        paper.journal("a", FAILED);
        paper.letters.add(letter(Task.poison(1), -1, 8));
        paper.commits.add(Paper.commit(2, 10));
        paper.journal("b", "ASSIGNED 20000 0 -1 0\nSTART 21000 0 1 1\nFAILED 22000 0 1 1\n");
        assertTrue(paper.findings().startsWith("handled again although the commit covered it (1)"), paper.findings());
    }

    @Test
    void aCallAfterTheDeadLetterByTheSameOwnerIsNoticed() throws IOException {
        poison();
        paper.journal("a", FAILED + "START 21000 0 1 3\nFAILED 22000 0 1 3\n");
        paper.letters.add(letter(Task.poison(1), -1, 8));
        assertTrue(paper.findings().contains("handled again by the same owner (1)"), paper.findings());
        assertTrue(paper.findings().contains("more than 2 attempts (1)"), paper.findings());
    }

    @Test
    void anAttemptThatIsNotCountedIsNoticed() throws IOException {
        poison();
        paper.journal("a", FAILED + "START 7100 0 1 2\nFAILED 7200 0 1 2\n");
        paper.letters.add(letter(Task.poison(1), -1, 8));
        assertTrue(paper.findings().startsWith("a failed attempt was not counted (1)"), paper.findings());
    }

    private static final String ONCE = """
            ASSIGNED 1000 0 -1 0
            START 2000 0 0 1
            OK 3000 0 0 1
            START 4000 0 1 1
            FAILED 5000 0 1 1
            """;

    private static final String NEXT = """
            ASSIGNED 20000 0 -1 0
            START 21000 0 1 1
            FAILED 22000 0 1 1
            START 23000 0 1 2
            FAILED 24000 0 1 2
            """;

    @Test
    void anAttemptThatIsForgottenAtAHandOverIsNoticed() throws IOException {
        poison();
        paper.journal("a", ONCE + "ATTEMPT_COUNTED 5500 0 1 1\nREVOKED 6000 0 -1 0\n");
        paper.journal("b", NEXT);
        paper.letters.add(letter(Task.poison(1), -1, 25));
        assertTrue(paper.findings().startsWith("a failed attempt was forgotten at a hand-over (1)"), paper.findings());
        paper.journals.remove(0);
        paper.journal("a", ONCE + "ATTEMPT_COUNTED 5500 0 1 1\nREVOKED 6000 0 -1 0\nCOMMIT_FAILED 7000 -1 -1 0\n");
        assertEquals("", paper.findings());
    }

    @Test
    void anAttemptThatRevocationCutShortNeedNotCount() throws IOException {
        poison();
        paper.journal("a", ONCE + "REVOKED 6000 0 -1 0\n");
        paper.journal("b", NEXT);
        paper.letters.add(letter(Task.poison(1), -1, 25));
        assertEquals("", paper.findings());
    }

    @Test
    void aDeadLetterHoldsAllThatItsRecordHeld() throws IOException {
        poison();
        paper.journal("a", FAILED);
        Entry whole = Paper.entry(Task.poison(1));
        for (Entry changed : List.of(
                new Entry("other", whole.value(), whole.headers(), whole.timestamp()),
                new Entry(whole.key(), "other", whole.headers(), whole.timestamp()),
                new Entry(whole.key(), whole.value(), "", whole.timestamp()),
                new Entry(whole.key(), whole.value(), whole.headers(), 2))) {
            paper.letters.clear();
            paper.letters.add(new Letter(new Position(0, 1), changed, -1, 8));
            assertTrue(paper.findings().startsWith("a dead letter with another content (1)"), paper.findings());
        }
    }

    @Test
    void aDeadLetterLeavesItsValueOutOnlyWhereItWasTooLarge() throws IOException {
        poison();
        paper.journal("a", FAILED);
        paper.letters.add(new Letter(
                new Position(0, 1),
                new Entry("key", "", "", 1),
                Paper.entry(Task.poison(1)).value().length(),
                8));
        assertTrue(paper.findings().startsWith("a dead letter without its value (1)"), paper.findings());
        paper.faults.add(new Fault(Fault.TOO_LARGE, 7_000, ""));
        assertEquals("", paper.findings());
    }

    @Test
    void aDeadLetterOfAGoodRecordIsNoticed() throws IOException {
        paper.journal("a", Paper.HANDLED);
        paper.letters.add(new Letter(new Position(0, 1), Paper.entry(Task.ordinary(1)), -1, 5));
        assertTrue(paper.findings().startsWith("a dead letter of a record that is not poison (1)"), paper.findings());
    }
}
