package io.bywash.chaos.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.chaos.load.Produced;
import io.bywash.chaos.worker.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle notices what must not be, and leaves the rest alone. Two records of one key are at offsets 0 and 1 of partition 0. */
class JudgesTest {
    private static final String HANDLED = """
            ASSIGNED 1000 0 -1 0
            START 2000 0 0 1
            OK 3000 0 0 1
            START 4000 0 1 1
            OK 5000 0 1 1
            """;

    @TempDir
    private Path directory;

    private final List<Commit> commits = new ArrayList<>();
    private final List<Letter> letters = new ArrayList<>();
    private final List<JournalFile> journals = new ArrayList<>();
    private Map<String, Integer> repeated = Map.of();

    private void journal(String worker, String lines) throws IOException {
        Path file = directory.resolve(worker);
        Files.writeString(file, lines);
        journals.add(new JournalFile(worker, file));
    }

    private Evidence evidence() throws IOException {
        Map<Position, Entry> visible = new TreeMap<>(Comparator.comparingLong(Position::offset));
        visible.put(new Position(0, 0), new Entry("key", "0 GOOD 0 "));
        visible.put(new Position(0, 1), new Entry("key", "1 GOOD 0 "));
        List<Produced> acknowledged =
                List.of(new Produced(0, 0, "key", Task.ordinary(0)), new Produced(0, 1, "key", Task.ordinary(1)));
        return new Evidence(
                acknowledged,
                visible,
                Map.of(0, 0L),
                History.of(journals),
                commits,
                letters,
                Map.of(),
                Keeping.EVERYTHING);
    }

    private String findings() throws IOException {
        Evidence evidence = evidence();
        Findings findings = new Findings();
        LossJudge.judge(evidence, findings);
        OrderJudge.judge(evidence, findings);
        CommitJudge.judge(evidence, findings);
        LetterJudge.judge(evidence, findings);
        repeated = new RepeatJudge(evidence, findings).count();
        return String.join("\n", findings.texts());
    }

    private static Commit commit(long offset, long millis, long... done) {
        return new Commit(0, offset, millis, done);
    }

    @Test
    void aRunInOrderHasNoFindings() throws IOException {
        journal("a", HANDLED);
        commits.add(commit(2, 6));
        assertEquals("", findings());
        assertEquals(Map.of(), repeated);
    }

    @Test
    void aRecordNobodyHandledIsLost() throws IOException {
        journal("a", "ASSIGNED 1000 0 -1 0\nSTART 2000 0 0 1\nOK 3000 0 0 1\nSTART 4000 0 1 1\n");
        assertTrue(findings().startsWith("lost (1): 0@1"), findings());
    }

    @Test
    void aCommitBeforeTheEndOfTheCallIsNoticed() throws IOException {
        journal("a", HANDLED);
        commits.add(commit(2, 4));
        assertTrue(findings().startsWith("committed before it was complete (1): 0@1"), findings());
    }

    @Test
    void aRangeBesideTheOffsetBeforeTheEndOfTheCallIsNoticed() throws IOException {
        journal("a", HANDLED);
        commits.add(commit(0, 4, 1, 2));
        assertTrue(findings().startsWith("committed before it was complete (1): 0@1"), findings());
    }

    @Test
    void aCommitThatFallsIsNoticed() throws IOException {
        journal("a", HANDLED);
        commits.add(commit(2, 6));
        commits.add(commit(1, 7));
        assertTrue(findings().startsWith("a commit fell (1)"), findings());
    }

    @Test
    void aKeyOutOfOrderIsNoticed() throws IOException {
        journal("a", """
                ASSIGNED 1000 0 -1 0
                START 2000 0 1 1
                OK 3000 0 1 1
                START 4000 0 0 1
                OK 5000 0 0 1
                """);
        assertTrue(findings().contains("begun before an earlier record of its key was complete"), findings());
        assertTrue(findings().contains("offsets of a key fall during an ownership"), findings());
    }

    @Test
    void twoCallsOfAKeyAtOnceAreNoticed() throws IOException {
        journal("a", """
                ASSIGNED 1000 0 -1 0
                START 2000 0 0 1
                START 3000 0 1 1
                OK 4000 0 0 1
                OK 5000 0 1 1
                """);
        assertTrue(findings().contains("two calls of one key at once"), findings());
    }

    @Test
    void aRepetitionOfWhatWasNotCommittedIsExplainedByTheKill() throws IOException {
        journal("a", HANDLED);
        journal("b", "ASSIGNED 9000 0 -1 0\nSTART 9100 0 1 1\nOK 9200 0 1 1\n");
        commits.add(commit(1, 4));
        assertEquals("", findings());
        assertEquals(Map.of("killed", 1), repeated);
    }

    @Test
    void aRepetitionOfWhatWasCommittedIsNot() throws IOException {
        journal("a", HANDLED);
        journal("b", "ASSIGNED 9000 0 -1 0\nSTART 9100 0 1 1\nOK 9200 0 1 1\n");
        commits.add(commit(1, 6, 1, 2));
        assertTrue(findings().startsWith("handled again although the commit covered it (1)"), findings());
    }

    @Test
    void aRepetitionByTheSameOwnerIsNot() throws IOException {
        journal("a", HANDLED + "START 6000 0 1 1\nOK 7000 0 1 1\n");
        assertTrue(findings().startsWith("handled again by the same owner (1)"), findings());
    }

    @Test
    void aDeadLetterOfAGoodRecordIsNoticed() throws IOException {
        journal("a", HANDLED);
        letters.add(new Letter(new Position(0, 1), "1 GOOD 0 ", 0, 5));
        assertTrue(findings().startsWith("a dead letter of a record that is not poison (1)"), findings());
    }

    @Test
    void aLineThatAKillCutShortIsPassedOver() throws IOException {
        journal("a", HANDLED + "START 60");
        assertEquals("", findings());
    }
}
