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

/** What somebody does who has lost a partition counts for nothing, and the oracle notices if it does. */
class OutdatedOwnerTest {
    @TempDir
    private Path directory;

    private Paper paper;

    @BeforeEach
    void takeAClean() {
        paper = new Paper(directory);
        paper.faults.add(new Fault(Fault.STOP, 4_500, "a"));
    }

    private static final String OUTDATED = """
            ASSIGNED 1000 0 -1 0
            START 2000 0 0 1
            OK 3000 0 0 1
            START 4000 0 1 1
            OK 9000 0 1 1
            LOST 12000 0 -1 0
            """;

    @Test
    void whatAnOutdatedOwnerCommitsIsNoticed() throws IOException {
        paper.journal("a", OUTDATED);
        paper.journal("b", "ASSIGNED 6000 0 -1 0\nSTART 7000 0 1 1\nOK 20000 0 1 1\n");
        paper.commits.add(Paper.commit(1, 4));
        paper.commits.add(Paper.commit(2, 21));
        assertEquals("", paper.findings());
        paper.commits.set(1, Paper.commit(2, 10));
        assertTrue(paper.findings().startsWith("committed before it was complete (1): 0@1"), paper.findings());
        paper.commits.set(1, Paper.commit(1, 10, 1, 2));
        assertTrue(paper.findings().startsWith("committed before it was complete (1): 0@1"), paper.findings());
    }

    @Test
    void whatAFormerOwnerCompletedInTimeMayBeCommittedLater() throws IOException {
        paper.journal("a", OUTDATED);
        paper.journal("b", "ASSIGNED 10000 0 -1 0\n");
        paper.commits.add(Paper.commit(2, 11));
        assertEquals("", paper.findings());
    }

    /** One of whose records the last call ends when its partition has been somebody else's for seconds. */
    private static final String LATE = OUTDATED.replace("OK 9000", "OK 5507000").replace("LOST 12000", "LOST 5508000");

    @Test
    void aLateResultThatIsTakenForOneInTimeIsNoticed() throws IOException {
        paper.journal("a", LATE + "COUNTED 9000000 -1 2 0\n");
        paper.journal("b", "ASSIGNED 506000 0 -1 0\nSTART 507000 0 1 1\nOK 508000 0 1 1\n");
        assertTrue(paper.findings().startsWith("a late result was taken for one in time (1)"), paper.findings());
        paper.journals.remove(0);
        paper.journal("a", LATE + "LATE 5507100 0 1 0\nCOUNTED 9000000 -1 1 1\n");
        assertEquals("", paper.findings());
    }

    @Test
    void whoCouldNotBeToldMayTakeALateResultForOneInTime() throws IOException {
        paper.journal("a", LATE + "COUNTED 9000000 -1 2 0\n");
        paper.journal("b", "ASSIGNED 506000 0 -1 0\nSTART 507000 0 1 1\nOK 508000 0 1 1\n");
        paper.faults.set(0, new Fault(Fault.STOP, 5_000, "b").until(5_500_000));
        assertTrue(paper.findings().startsWith("a late result was taken for one in time (1)"), paper.findings());
        paper.faults.set(0, new Fault(Fault.STOP, 5_000, "a").until(5_500_000));
        assertEquals("", paper.findings());
        paper.faults.set(0, new Fault("SLOW", 5_000, "").until(5_500_000));
        assertEquals("", paper.findings());
    }

    @Test
    void aResultLongAfterThePartitionWasGivenUpIsLate() throws IOException {
        paper.journal(
                "a", Paper.HANDLED.replace("OK 5000", "REVOKED 4500 0 -1 0\nOK 1004600") + "COUNTED 9000000 -1 2 0\n");
        assertTrue(paper.findings().contains("a late result was taken for one in time (1)"), paper.findings());
    }

    @Test
    void whoIsTakenForDeadHasAReason() throws IOException {
        paper.journal("a", OUTDATED + "REBALANCE_FAILED 12100 -1 -1 0\n");
        assertEquals("", paper.findings());
        for (Fault other : List.of(
                new Fault(Fault.STOP, 4_500, "b"),
                new Fault(Fault.STOP, 12_001, "a"),
                new Fault("start", 4_500, "a"),
                new Fault("SLOW", -50_000_000, "").until(-45_000_000))) {
            paper.faults.set(0, other);
            assertTrue(paper.findings().startsWith("a partition was lost without a fault (1)"), paper.findings());
        }
        paper.journals.clear();
        // A call that took longer than the drain.
        paper.journal("a", OUTDATED);
        assertEquals("", paper.findings());
    }

    @Test
    void aLetterLongAfterThePartitionWasSomebodyElsesIsNotExplained() throws IOException {
        paper.visible(1, Task.poison(1));
        paper.acknowledged.set(1, new Produced(0, 1, "key", Task.poison(1), 1));
        paper.journal(
                "a",
                OUTDATED.replace("START 4000 0 1 1", "START 4000 0 1 2")
                        .replace("OK 9000 0 1 1", "FAILED 9000 0 1 2")
                        .replace("LOST 12000", "LOST 7000000"));
        paper.journal("b", "ASSIGNED 20000 0 -1 0\nREVOKED 30000 0 -1 0\n");
        paper.journal("c", "ASSIGNED 30100 0 -1 0\n");
        for (long millis : new long[] {21, 5_000, 5_020}) {
            paper.letters.add(new Letter(new Position(0, 1), Paper.entry(Task.poison(1)), -1, millis));
        }
        assertEquals("", paper.findings());
        paper.letters.set(2, new Letter(new Position(0, 1), Paper.entry(Task.poison(1)), -1, 5_021));
        assertTrue(paper.findings().startsWith("two dead letters of one owner (1)"), paper.findings());
    }
}
