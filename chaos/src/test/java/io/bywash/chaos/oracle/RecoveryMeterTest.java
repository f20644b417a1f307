package io.bywash.chaos.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.chaos.load.Produced;
import io.bywash.chaos.worker.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partition has recovered when it goes on with what came after the fault. */
class RecoveryMeterTest {
    private static final long FAULT = 2_000_000;

    @TempDir
    private Path directory;

    private Paper paper;

    /** Of each of two partitions one record came before the fault and two after it. */
    @BeforeEach
    void takeRecords() {
        paper = new Paper(directory);
        paper.acknowledged.clear();
        for (int partition = 0; partition < 2; partition++) {
            for (int offset = 0; offset < 3; offset++) {
                paper.acknowledged.add(new Produced(
                        partition, offset, "key", Task.ordinary(offset), 1_500_000L + 1_000_000L * offset));
            }
        }
    }

    private void recovers(int seconds) throws IOException {
        assertEquals(Duration.ofSeconds(seconds), Judge.delays(paper.evidence()).recovery());
    }

    @Test
    void whatWasThereBeforeTheFaultSaysNothing() throws IOException {
        paper.journal("a", "ASSIGNED 1000 0 -1 0\nSTART 3000000 0 0 1\nSTART 7000000 0 1 1\nSTART 9000000 0 2 1\n");
        paper.faults.add(new Fault("fault", FAULT, ""));
        recovers(5);
    }

    @Test
    void theLastPartitionThatGoesOnCounts() throws IOException {
        paper.journal("a", "ASSIGNED 1000 0 -1 0\nSTART 7000000 0 1 1\n");
        paper.journal("b", "ASSIGNED 1000 1 -1 0\nSTART 8000000 1 1 1\n");
        paper.faults.add(new Fault("fault", FAULT, ""));
        paper.faults.add(new Fault("fault", 6_900_000, ""));
        recovers(6);
    }

    @Test
    void ofAWorkerThatIsStruckItsOwnPartitionsCount() throws IOException {
        paper.journal("a", "ASSIGNED 1000 0 -1 0\n");
        paper.journal("b", "ASSIGNED 1000 1 -1 0\nSTART 8000000 1 1 1\nASSIGNED 4000000 0 -1 0\nSTART 5000000 0 1 1\n");
        paper.faults.add(new Fault(Fault.KILL, FAULT, "a"));
        recovers(3);
    }

    @Test
    void whatAWorkerBeginsThatIsToldToEndMayBeItsLast() throws IOException {
        paper.journal("a", "ASSIGNED 1000 0 -1 0\nSTART 2500001 0 1 1\nREVOKED 2600000 0 -1 0\n");
        paper.journal("b", "ASSIGNED 4000000 0 -1 0\nSTART 5000000 0 2 1\n");
        paper.faults.add(new Fault("SIGTERM", FAULT, "a"));
        recovers(3);
    }

    @Test
    void whoHadLostItsPartitionsHasNoneThatCouldRecover() throws IOException {
        paper.journal("a", "ASSIGNED 1000 0 -1 0\nLOST 1000000 0 -1 0\n");
        paper.journal("b", "ASSIGNED 1200000 0 -1 0\nSTART 5000000 0 1 1\n");
        paper.faults.add(new Fault(Fault.KILL, FAULT, "a"));
        recovers(0);
    }
}
