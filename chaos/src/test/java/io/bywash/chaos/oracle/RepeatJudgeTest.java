package io.bywash.chaos.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.chaos.worker.CommitText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle knows which repetitions have a reason. */
class RepeatJudgeTest {
    @TempDir
    private Path directory;

    private Paper paper;

    @BeforeEach
    void takeAClean() {
        paper = new Paper(directory);
    }

    @Test
    void aRepetitionOfWhatWasNotCommittedIsExplainedByTheKill() throws IOException {
        paper.journal("a", Paper.HANDLED);
        paper.journal("b", "ASSIGNED 9000 0 -1 0\nSTART 9100 0 1 1\nOK 9200 0 1 1\n");
        paper.commits.add(Paper.commit(1, 4));
        assertEquals("", paper.findings());
        assertEquals(Map.of("killed", 1), paper.repeated);
        paper.faults.add(new Fault(Fault.KILL, 8_000, "a"));
        paper.faults.add(new Fault("SIGTERM", 9_100, "c"));
        paper.findings();
        assertEquals(Map.of("killed (after kill -9)", 1), paper.repeated);
        paper.faults.add(new Fault("SIGTERM", 8_500, "c"));
        paper.findings();
        assertEquals(Map.of("killed (after kill -9)", 1), paper.repeated);
        paper.faults.set(0, new Fault(Fault.KILL, 8_000, "d"));
        paper.findings();
        assertEquals(Map.of("killed (after SIGTERM)", 1), paper.repeated);
    }

    @Test
    void aRepetitionOfWhatWasCommittedIsNot() throws IOException {
        paper.journal("a", Paper.HANDLED);
        paper.journal("b", "ASSIGNED 9000 0 -1 0\nSTART 9100 0 1 1\nOK 9200 0 1 1\n");
        paper.commits.add(Paper.commit(1, 6, 1, 2));
        assertTrue(paper.findings().startsWith("handled again although the commit covered it (1)"), paper.findings());
    }

    @Test
    void aRepetitionByTheSameOwnerIsNot() throws IOException {
        paper.journal("a", Paper.HANDLED + "START 6000 0 1 1\nOK 7000 0 1 1\n");
        assertTrue(paper.findings().startsWith("handled again by the same owner (1)"), paper.findings());
    }

    @Test
    void twoCallsOfARecordAtOnceInOneProcessAreNoticed() throws IOException {
        paper.journal(
                "a",
                Paper.HANDLED.replace("START 4000 0 1 1\n", "START 4000 0 1 1\nSTART 4100 0 1 1\n")
                        + "OK 5100 0 1 1\n");
        assertTrue(paper.findings().contains("two calls of one key at once"), paper.findings());
        assertTrue(paper.findings().contains("handled again by the same owner (1)"), paper.findings());
    }

    @Test
    void twoCallsOfARecordByOneOwnerAreNotExplainedByTheKillOfAFormerOne() throws IOException {
        paper.journal("a", Paper.HANDLED);
        paper.journal("b", "ASSIGNED 9000 0 -1 0\nSTART 9100 0 1 1\nOK 9200 0 1 1\nSTART 9300 0 1 1\nOK 9400 0 1 1\n");
        paper.commits.add(Paper.commit(1, 4));
        assertTrue(paper.findings().startsWith("handled again by the same owner (1)"), paper.findings());
    }

    private static final String AGAIN = "ASSIGNED 9000000 0 -1 0\nSTART 9100000 0 1 1\nOK 9200000 0 1 1\n";

    @Test
    void aRepetitionAfterAnOrderlyHandOverIsNoticed() throws IOException {
        paper.journal("a", Paper.HANDLED + "REVOKED 6000 0 -1 0\n");
        paper.journal("b", AGAIN);
        paper.commits.add(Paper.commit(1, 4));
        assertTrue(paper.findings().startsWith("handled again although it was handed over (1)"), paper.findings());
    }

    @Test
    void aLastCommitThatFailedExplainsARepetition() throws IOException {
        paper.journal("a", Paper.HANDLED + "REVOKED 6000 0 -1 0\nCOMMIT_FAILED 7000 -1 -1 0\n");
        paper.journal("b", AGAIN);
        paper.commits.add(Paper.commit(1, 4));
        assertEquals("", paper.findings());
        assertEquals(Map.of("handed over", 1), paper.repeated);
    }

    @Test
    void aCommitThatFailedLongBeforeExplainsNoRepetition() throws IOException {
        paper.journal("a", Paper.HANDLED + "COMMIT_FAILED 5500 -1 -1 0\nREVOKED 6000 0 -1 0\n");
        paper.journal("b", AGAIN);
        paper.commits.add(Paper.commit(1, 4));
        assertTrue(paper.findings().startsWith("handled again although it was handed over (1)"), paper.findings());
    }

    @Test
    void aCommitThatFailsBeforeOneThatTellsNothingExplainsNoRepetition() throws IOException {
        paper.journal("a", Paper.HANDLED + "REVOKED 6000 0 -1 0\nCOMMIT_FAILED 7500 -1 -1 0\n");
        paper.journal("b", AGAIN);
        paper.commits.add(Paper.commit(1, 7));
        assertEquals("", paper.findings());
        paper.commits.add(Paper.commit(1, 8));
        assertTrue(paper.findings().startsWith("handled again although it was handed over (1)"), paper.findings());
    }

    @Test
    void whatFailsOrIsKilledAfterTheRebalanceExplainsNoRepetition() throws IOException {
        String released = Paper.HANDLED + "REVOKED 6000 0 -1 0\nRELEASED 8000 0 -1 0\n";
        paper.journal("a", released + "COMMIT_FAILED 9000 -1 -1 0\n");
        paper.journal("b", AGAIN);
        paper.commits.add(Paper.commit(1, 4));
        paper.faults.add(new Fault(Fault.KILL, 9_500, "a"));
        assertTrue(paper.findings().startsWith("handled again although it was handed over (1)"), paper.findings());
        paper.faults.set(0, new Fault(Fault.KILL, 7_000, "a"));
        assertEquals("", paper.findings());
    }

    @Test
    void theEndOfARebalanceThatTookAnotherPartitionEndsNoHandOver() throws IOException {
        paper.journal("a", Paper.HANDLED + "REVOKED 6000 0 -1 0\nRELEASED 8000 1 -1 0\nCOMMIT_FAILED 9000 -1 -1 0\n");
        paper.journal("b", AGAIN);
        paper.commits.add(Paper.commit(1, 4));
        assertEquals("", paper.findings());
    }

    @Test
    void aKillBeforeTheLastCommitAndABareOffsetExplainARepetition() throws IOException {
        paper.journal("a", Paper.HANDLED + "REVOKED 6000 0 -1 0\n");
        paper.journal("b", AGAIN);
        paper.commits.add(Paper.commit(1, 4));
        paper.faults.add(new Fault("SIGTERM", 6_100, "a"));
        assertTrue(paper.findings().startsWith("handled again although it was handed over (1)"), paper.findings());
        paper.faults.add(new Fault(Fault.KILL, 6_200, "a"));
        assertEquals("", paper.findings());
        paper.faults.clear();
        paper.text = CommitText.CUT;
        assertEquals("", paper.findings());
    }
}
