package io.bywash.chaos.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.chaos.load.Produced;
import io.bywash.chaos.worker.CommitText;
import io.bywash.chaos.worker.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    private final List<Produced> acknowledged = new ArrayList<>(
            List.of(new Produced(0, 0, "key", Task.ordinary(0)), new Produced(0, 1, "key", Task.ordinary(1))));
    private Keeping keeping = Keeping.EVERYTHING;
    private CommitText text = CommitText.KEPT;
    private final List<Fault> faults = new ArrayList<>();
    private final Map<Position, Entry> visible =
            new TreeMap<>(Comparator.comparingInt(Position::partition).thenComparingLong(Position::offset));
    private Map<String, Integer> repeated = Map.of();

    JudgesTest() {
        visible(0, Task.ordinary(0));
        visible(1, Task.ordinary(1));
    }

    private void visible(long offset, Task task) {
        visible.put(new Position(0, offset), entry(task));
    }

    private static Entry entry(Task task) {
        return new Entry("key", new String(task.bytes(), StandardCharsets.UTF_8), "number=0", 1);
    }

    private void journal(String worker, String lines) throws IOException {
        Path file = directory.resolve(worker);
        Files.writeString(file, lines);
        journals.add(new JournalFile(worker, file));
    }

    private Evidence evidence() throws IOException {
        return new Evidence(
                acknowledged,
                visible,
                Map.of(0, 0L),
                History.of(journals),
                commits,
                letters,
                Evidence.times(letters),
                keeping,
                text,
                faults);
    }

    private String findings() throws IOException {
        Evidence evidence = evidence();
        Findings findings = new Findings();
        LossJudge.judge(evidence, findings);
        OrderJudge.judge(evidence, findings);
        CommitJudge.judge(evidence, findings);
        CallJudge.judge(evidence, findings);
        JumpJudge.judge(evidence, findings);
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
        letters.add(new Letter(new Position(0, 1), entry(Task.ordinary(1)), -1, 5));
        assertTrue(findings().startsWith("a dead letter of a record that is not poison (1)"), findings());
    }

    @Test
    void twoCallsOfARecordAtOnceInOneProcessAreNoticed() throws IOException {
        journal("a", HANDLED.replace("START 4000 0 1 1\n", "START 4000 0 1 1\nSTART 4100 0 1 1\n") + "OK 5100 0 1 1\n");
        assertTrue(findings().contains("two calls of one key at once"), findings());
        assertTrue(findings().contains("handled again by the same owner (1)"), findings());
    }

    @Test
    void twoCallsOfARecordByOneOwnerAreNotExplainedByTheKillOfAFormerOne() throws IOException {
        journal("a", HANDLED);
        journal("b", "ASSIGNED 9000 0 -1 0\nSTART 9100 0 1 1\nOK 9200 0 1 1\nSTART 9300 0 1 1\nOK 9400 0 1 1\n");
        commits.add(commit(1, 4));
        assertTrue(findings().startsWith("handled again by the same owner (1)"), findings());
    }

    private static final String AGAIN = "ASSIGNED 9000000 0 -1 0\nSTART 9100000 0 1 1\nOK 9200000 0 1 1\n";

    @Test
    void aRepetitionAfterAnOrderlyHandOverIsNoticed() throws IOException {
        journal("a", HANDLED + "REVOKED 6000 0 -1 0\n");
        journal("b", AGAIN);
        commits.add(commit(1, 4));
        assertTrue(findings().startsWith("handled again although it was handed over (1)"), findings());
    }

    @Test
    void aLastCommitThatFailedExplainsARepetition() throws IOException {
        journal("a", HANDLED + "REVOKED 6000 0 -1 0\nCOMMIT_FAILED 7000 -1 -1 0\n");
        journal("b", AGAIN);
        commits.add(commit(1, 4));
        assertEquals("", findings());
        assertEquals(Map.of("handed over", 1), repeated);
    }

    @Test
    void aCommitThatFailedLongBeforeExplainsNoRepetition() throws IOException {
        journal("a", HANDLED + "COMMIT_FAILED 5500 -1 -1 0\nREVOKED 6000 0 -1 0\n");
        journal("b", AGAIN);
        commits.add(commit(1, 4));
        assertTrue(findings().startsWith("handled again although it was handed over (1)"), findings());
    }

    @Test
    void aKillBeforeTheLastCommitAndABareOffsetExplainARepetition() throws IOException {
        journal("a", HANDLED + "REVOKED 6000 0 -1 0\n");
        journal("b", AGAIN);
        commits.add(commit(1, 4));
        faults.add(new Fault("SIGTERM", 6_100, "a"));
        assertTrue(findings().startsWith("handled again although it was handed over (1)"), findings());
        faults.add(new Fault(Fault.KILL, 6_200, "a"));
        assertEquals("", findings());
        faults.clear();
        text = CommitText.CUT;
        assertEquals("", findings());
    }

    @Test
    void aCallAfterThePartitionWasGivenUpIsNoticed() throws IOException {
        journal("a", HANDLED.replace("START 4000", "REVOKED 3500 0 -1 0\nSTART 4000"));
        assertTrue(findings().startsWith("begun after the partition was given up (1)"), findings());
    }

    private void poison() {
        visible(1, Task.poison(1));
        acknowledged.set(1, new Produced(0, 1, "key", Task.poison(1)));
    }

    private static final String FAILED =
            HANDLED.replace("OK 5000 0 1 1\n", "FAILED 5000 0 1 1\nSTART 6000 0 1 2\nFAILED 7000 0 1 2\n");

    private static Letter letter(Task task, int omitted, long millis) {
        return new Letter(new Position(0, 1), entry(task), omitted, millis);
    }

    @Test
    void poisonHasADeadLetter() throws IOException {
        poison();
        journal("a", FAILED);
        assertTrue(findings().contains("poison without a dead letter (1)"), findings());
        letters.add(letter(Task.poison(1), -1, 8));
        assertEquals("", findings());
    }

    @Test
    void aSecondDeadLetterOfOneOwnerIsNoticed() throws IOException {
        poison();
        journal("a", FAILED);
        letters.add(letter(Task.poison(1), -1, 8));
        letters.add(letter(Task.poison(1), -1, 9));
        assertTrue(findings().startsWith("two dead letters of one owner (1)"), findings());
    }

    @Test
    void aCallAfterTheDeadLetterWasCommittedIsNoticed() throws IOException {
        poison();
        journal("a", FAILED);
        letters.add(letter(Task.poison(1), -1, 8));
        commits.add(commit(2, 10));
        journal("b", "ASSIGNED 20000 0 -1 0\nSTART 21000 0 1 1\nFAILED 22000 0 1 1\n");
        assertTrue(findings().startsWith("handled again although the commit covered it (1)"), findings());
    }

    @Test
    void aCallAfterTheDeadLetterByTheSameOwnerIsNoticed() throws IOException {
        poison();
        journal("a", FAILED + "START 21000 0 1 3\nFAILED 22000 0 1 3\n");
        letters.add(letter(Task.poison(1), -1, 8));
        assertTrue(findings().contains("handled again by the same owner (1)"), findings());
        assertTrue(findings().contains("more than 2 attempts (1)"), findings());
    }

    @Test
    void anAttemptThatIsNotCountedIsNoticed() throws IOException {
        poison();
        journal("a", FAILED + "START 7100 0 1 2\nFAILED 7200 0 1 2\n");
        letters.add(letter(Task.poison(1), -1, 8));
        assertTrue(findings().startsWith("a failed attempt was not counted (1)"), findings());
    }

    @Test
    void aDeadLetterHoldsAllThatItsRecordHeld() throws IOException {
        poison();
        journal("a", FAILED);
        Entry whole = entry(Task.poison(1));
        for (Entry changed : List.of(
                new Entry("other", whole.value(), whole.headers(), whole.timestamp()),
                new Entry(whole.key(), "other", whole.headers(), whole.timestamp()),
                new Entry(whole.key(), whole.value(), "", whole.timestamp()),
                new Entry(whole.key(), whole.value(), whole.headers(), 2))) {
            letters.clear();
            letters.add(new Letter(new Position(0, 1), changed, -1, 8));
            assertTrue(findings().startsWith("a dead letter with another content (1)"), findings());
        }
    }

    @Test
    void aDeadLetterLeavesItsValueOutOnlyWhereItWasTooLarge() throws IOException {
        poison();
        journal("a", FAILED);
        letters.add(new Letter(
                new Position(0, 1),
                new Entry("key", "", "", 1),
                entry(Task.poison(1)).value().length(),
                8));
        assertTrue(findings().startsWith("a dead letter without its value (1)"), findings());
        faults.add(new Fault(Fault.TOO_LARGE, 7_000, ""));
        assertEquals("", findings());
    }

    @Test
    void anAcknowledgedRecordThatIsNotThereIsNoticed() throws IOException {
        journal("a", HANDLED);
        acknowledged.add(new Produced(0, 2, "key", Task.ordinary(2)));
        assertTrue(findings().startsWith("acknowledged, but not in the log (1): 0@2"), findings());
        keeping = Keeping.LAST_OF_KEY;
        assertEquals("", findings());
    }

    @Test
    void anotherRecordInThePlaceOfTheAcknowledgedOneIsNoticed() throws IOException {
        journal("a", HANDLED);
        acknowledged.set(1, new Produced(0, 1, "key", Task.ordinary(7)));
        assertTrue(findings().startsWith("another record than was acknowledged (1): 0@1"), findings());
    }

    @Test
    void orderAndCommitsOfRecordsThatWereCompactedSinceAreJudged() throws IOException {
        keeping = Keeping.LAST_OF_KEY;
        visible.remove(new Position(0, 0));
        journal("a", """
                ASSIGNED 1000 0 -1 0
                START 2000 0 1 1
                OK 3000 0 1 1
                START 4000 0 0 1
                OK 5000 0 0 1
                """);
        commits.add(commit(1, 3));
        assertTrue(findings().contains("offsets of a key fall during an ownership"), findings());
        assertTrue(findings().contains("committed before it was complete (1): 0@0"), findings());
    }

    @Test
    void whatAnOutdatedOwnerRepeatsIsExplained() throws IOException {
        journal("a", "ASSIGNED 1000 0 -1 0\nSTART 30000 0 1 1\nOK 31000 0 1 1\n");
        journal("b", HANDLED.replace("ASSIGNED 1000", "ASSIGNED 1500") + "REVOKED 6000 0 -1 0\n");
        assertEquals("", findings());
        assertEquals(Map.of("outdated owner", 1), repeated);
    }

    @Test
    void aRecordBegunBeforeAnEarlierOneWasCompleteElsewhereIsNoticed() throws IOException {
        journal("a", "ASSIGNED 1000 0 -1 0\nSTART 2000 0 0 1\nOK 8000 0 0 1\n");
        journal("b", "ASSIGNED 3000 0 -1 0\nSTART 4000 0 1 1\nOK 5000 0 1 1\n");
        assertTrue(findings().startsWith("begun before an earlier record of its key was complete (1)"), findings());
    }

    @Test
    void aJumpFromWhereRecordsAreIsNoticed() throws IOException {
        journal("a", HANDLED + "JUMPED 6000 0 1 0\n");
        assertTrue(findings().startsWith("a jump from where records are (1)"), findings());
    }

    @Test
    void aLineThatAKillCutShortIsPassedOver() throws IOException {
        journal("a", HANDLED + "START 60");
        assertEquals("", findings());
    }
}
