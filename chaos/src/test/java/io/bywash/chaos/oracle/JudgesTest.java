package io.bywash.chaos.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.chaos.load.Produced;
import io.bywash.chaos.worker.Order;
import io.bywash.chaos.worker.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle notices what must not be, and leaves the rest alone. */
class JudgesTest {
    @TempDir
    private Path directory;

    private Paper paper;

    @BeforeEach
    void takeAClean() {
        paper = new Paper(directory);
    }

    @Test
    void aRunInOrderHasNoFindings() throws IOException {
        paper.journal("a", Paper.HANDLED);
        paper.commits.add(Paper.commit(2, 6));
        assertEquals("", paper.findings());
        assertEquals(Map.of(), paper.repeated);
    }

    @Test
    void aRecordNobodyHandledIsLost() throws IOException {
        paper.journal("a", "ASSIGNED 1000 0 -1 0\nSTART 2000 0 0 1\nOK 3000 0 0 1\nSTART 4000 0 1 1\n");
        assertTrue(paper.findings().startsWith("lost (1): 0@1"), paper.findings());
    }

    @Test
    void aCommitBeforeTheEndOfTheCallIsNoticed() throws IOException {
        paper.journal("a", Paper.HANDLED);
        paper.commits.add(Paper.commit(2, 4));
        assertTrue(paper.findings().startsWith("committed before it was complete (1): 0@1"), paper.findings());
    }

    @Test
    void aRangeBesideTheOffsetBeforeTheEndOfTheCallIsNoticed() throws IOException {
        paper.journal("a", Paper.HANDLED);
        paper.commits.add(Paper.commit(0, 4, 1, 2));
        assertTrue(paper.findings().startsWith("committed before it was complete (1): 0@1"), paper.findings());
    }

    @Test
    void aCommitThatFallsIsNoticed() throws IOException {
        paper.journal("a", Paper.HANDLED);
        paper.commits.add(Paper.commit(2, 6));
        paper.commits.add(Paper.commit(1, 7));
        assertTrue(paper.findings().startsWith("a commit fell (1)"), paper.findings());
    }

    @Test
    void aKeyOutOfOrderIsNoticed() throws IOException {
        paper.journal("a", """
                ASSIGNED 1000 0 -1 0
                START 2000 0 1 1
                OK 3000 0 1 1
                START 4000 0 0 1
                OK 5000 0 0 1
                """);
        assertTrue(
                paper.findings().contains("begun before an earlier record of its key was complete"), paper.findings());
        assertTrue(paper.findings().contains("offsets of a key fall during an ownership"), paper.findings());
    }

    @Test
    void twoKeysMayBeOutOfOrderUnlessTheOrderIsThatOfThePartition() throws IOException {
        paper.acknowledged.set(1, new Produced(0, 1, "other", Task.ordinary(1), 1));
        paper.visible.put(
                new Position(0, 1),
                new Entry("other", Paper.entry(Task.ordinary(1)).value(), "number=0", 1));
        paper.journal("a", """
                ASSIGNED 1000 0 -1 0
                START 2000 0 1 1
                OK 3000 0 1 1
                START 4000 0 0 1
                OK 5000 0 0 1
                """);
        assertEquals("", paper.findings());
        paper.order = Order.PARTITION;
        assertTrue(paper.findings().contains("offsets of a key fall during an ownership"), paper.findings());
    }

    @Test
    void whatIsCountedIsWhatWasHandledAndWhatWasLate() throws IOException {
        paper.journal("a", Paper.HANDLED + "COUNTED 9000 -1 2 0\n");
        paper.journal(
                "b",
                Paper.HANDLED.replace("ASSIGNED 1000", "ASSIGNED 1500") + "LATE 5500 0 1 0\nCOUNTED 9000 -1 1 1\n");
        assertFalse(paper.findings().contains("counted"), paper.findings());
    }

    @Test
    void anOrderlyEndWithoutAWordOfAPartitionIsNoticed() throws IOException {
        paper.journal("a", Paper.HANDLED + "COUNTED 9000 -1 2 0\n");
        assertTrue(
                paper.findings().startsWith("an orderly end without a word of what becomes of a partition (1)"),
                paper.findings());
        paper.faults.add(new Fault(Fault.KILL, 9_500, "a"));
        assertEquals("", paper.findings());
        paper.faults.clear();
        paper.journals.clear();
        paper.journal("a", Paper.HANDLED + "REVOKED 8000 0 -1 0\nCOUNTED 9000 -1 2 0\n");
        assertEquals("", paper.findings());
    }

    @Test
    void eventsThatTheJournalLacksAreNoticed() throws IOException {
        paper.journal("a", Paper.HANDLED + "EVENTS_DROPPED 9000 -1 3 0\n");
        assertTrue(paper.findings().startsWith("events that the journal lacks (1)"), paper.findings());
    }

    @Test
    void aLateResultThatIsNotCountedIsNoticed() throws IOException {
        paper.journal("a", Paper.HANDLED + "LATE 5500 0 1 0\nCOUNTED 9000 -1 1 0\n");
        assertTrue(paper.findings().contains("late results counted otherwise than told (1)"), paper.findings());
    }

    @Test
    void aLateResultThatIsNeitherToldNorCountedIsNoticed() throws IOException {
        paper.journal("a", Paper.HANDLED + "COUNTED 9000 -1 1 0\n");
        assertTrue(paper.findings().contains("calls counted otherwise than made (1)"), paper.findings());
    }

    @Test
    void aLateResultOfNoCallIsNoticed() throws IOException {
        paper.journal("a", Paper.HANDLED + "LATE 4500 0 7 0\nCOUNTED 9000 -1 2 1\n");
        assertTrue(paper.findings().contains("a late result of no call (1)"), paper.findings());
    }

    @Test
    void twoCallsOfAKeyAtOnceAreNoticed() throws IOException {
        paper.journal("a", """
                ASSIGNED 1000 0 -1 0
                START 2000 0 0 1
                START 3000 0 1 1
                OK 4000 0 0 1
                OK 5000 0 1 1
                """);
        assertTrue(paper.findings().contains("two calls of one key at once"), paper.findings());
    }

    @Test
    void twoCallsOfAKeyAtOnceUnderTwoOwnershipsOfOneProcessAreNoticed() throws IOException {
        String twice = """
                ASSIGNED 1000 0 -1 0
                START 2000 0 0 1
                ASSIGNED 3000 0 -1 0
                START 4000 0 1 1
                OK 5000 0 0 1
                OK 6000 0 1 1
                """;
        paper.journal("a", twice);
        assertTrue(paper.findings().contains("two calls of one key at once"), paper.findings());
    }

    @Test
    void offsetsMayFallFromOneOwnershipOfAProcessToTheNext() throws IOException {
        paper.faults.add(new Fault(Fault.STOP, 5_000, "a"));
        paper.journal("a", Paper.HANDLED + "LOST 5500 0 -1 0\nASSIGNED 6000 0 -1 0\nSTART 7000 0 0 1\nOK 8000 0 0 1\n");
        assertEquals("", paper.findings());
    }

    @Test
    void aCallAfterThePartitionWasGivenUpIsNoticed() throws IOException {
        paper.journal("a", Paper.HANDLED.replace("START 4000", "REVOKED 3500 0 -1 0\nSTART 4000"));
        assertTrue(paper.findings().startsWith("begun after the partition was given up (1)"), paper.findings());
    }

    @Test
    void aCallThatEndsAfterThePartitionWasGivenUpIsNoticed() throws IOException {
        for (String gone : List.of("REVOKED", "LOST")) {
            paper.journals.clear();
            paper.journal("a", Paper.HANDLED.replace("OK 5000", gone + " 4500 0 -1 0\nOK 5000"));
            assertTrue(paper.findings().startsWith("ended after the partition was given up (1)"), paper.findings());
        }
    }

    @Test
    void aCallThatAKillCutOffHasNoEndThatCouldBeTooLate() throws IOException {
        paper.journal("a", Paper.HANDLED + "START 6000 0 1 1\nREVOKED 6500 0 -1 0\n");
        assertFalse(paper.findings().contains("ended after"), paper.findings());
    }

    @Test
    void aCallForARecordThatWasNeverThereIsNoticed() throws IOException {
        String aborted = "START 6000 0 2 1\nOK 7000 0 2 1\n";
        paper.journal("a", Paper.HANDLED + aborted);
        assertTrue(paper.findings().startsWith("a call for a record that was never there (1)"), paper.findings());
        paper.keeping = Keeping.LAST_OF_KEY;
        paper.acknowledged.add(new Produced(0, 2, "key", Task.ordinary(2), 1));
        assertEquals("", paper.findings());
    }

    @Test
    void anAcknowledgedRecordThatIsNotThereIsNoticed() throws IOException {
        paper.journal("a", Paper.HANDLED);
        paper.acknowledged.add(new Produced(0, 2, "key", Task.ordinary(2), 1));
        assertTrue(paper.findings().startsWith("acknowledged, but not in the log (1): 0@2"), paper.findings());
        paper.keeping = Keeping.LAST_OF_KEY;
        assertEquals("", paper.findings());
    }

    @Test
    void anotherRecordInThePlaceOfTheAcknowledgedOneIsNoticed() throws IOException {
        paper.journal("a", Paper.HANDLED);
        paper.acknowledged.set(1, new Produced(0, 1, "key", Task.ordinary(7), 1));
        assertTrue(paper.findings().startsWith("another record than was acknowledged (1): 0@1"), paper.findings());
    }

    @Test
    void orderAndCommitsOfRecordsThatWereCompactedSinceAreJudged() throws IOException {
        paper.keeping = Keeping.LAST_OF_KEY;
        paper.visible.remove(new Position(0, 0));
        paper.journal("a", """
                ASSIGNED 1000 0 -1 0
                START 2000 0 1 1
                OK 3000 0 1 1
                START 4000 0 0 1
                OK 5000 0 0 1
                """);
        paper.commits.add(Paper.commit(1, 3));
        assertTrue(paper.findings().contains("offsets of a key fall during an ownership"), paper.findings());
        assertTrue(paper.findings().contains("committed before it was complete (1): 0@0"), paper.findings());
    }

    @Test
    void aRecordThatWasDeletedBeforeAnybodyCameIsNobodysBusiness() throws IOException {
        paper.begins = Map.of(0, 1L);
        paper.visible.remove(new Position(0, 0));
        paper.journal("a", "ASSIGNED 1000 0 -1 0\nSTART 4000 0 1 1\nOK 5000 0 1 1\nJUMPED 6000 0 0 0\n");
        paper.commits.add(Paper.commit(2, 6));
        assertEquals("", paper.findings());
        assertEquals(List.of(new Erased(new Position(0, 0), 1, Erased.Fate.NOT_HANDLED)), Erased.of(paper.evidence()));
    }

    @Test
    void whatAnOutdatedOwnerRepeatsIsExplained() throws IOException {
        paper.journal("a", "ASSIGNED 1000 0 -1 0\nSTART 30000 0 1 1\nOK 31000 0 1 1\n");
        paper.journal("b", Paper.HANDLED.replace("ASSIGNED 1000", "ASSIGNED 1500") + "REVOKED 6000 0 -1 0\n");
        assertEquals("", paper.findings());
        assertEquals(Map.of("outdated owner", 1), paper.repeated);
    }

    @Test
    void aRecordBegunBeforeAnEarlierOneWasCompleteElsewhereIsNoticed() throws IOException {
        paper.journal("a", "ASSIGNED 1000 0 -1 0\nSTART 2000 0 0 1\nOK 8000 0 0 1\n");
        paper.journal("b", "ASSIGNED 3000 0 -1 0\nSTART 4000 0 1 1\nOK 5000 0 1 1\n");
        assertTrue(
                paper.findings().startsWith("begun before an earlier record of its key was complete (1)"),
                paper.findings());
    }

    @Test
    void aJumpFromWhereRecordsAreIsNoticed() throws IOException {
        paper.journal("a", Paper.HANDLED + "JUMPED 6000 0 1 0\n");
        assertTrue(paper.findings().startsWith("a jump from where records are (1)"), paper.findings());
    }

    @Test
    void aLineThatAKillCutShortIsPassedOver() throws IOException {
        paper.journal("a", Paper.HANDLED + "START 60");
        assertEquals("", paper.findings());
    }
}
