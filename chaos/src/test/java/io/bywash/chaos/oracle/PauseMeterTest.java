package io.bywash.chaos.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a partition stood still, and who is to blame. */
class PauseMeterTest {
    private static final String FOUR_SECONDS = assigned(0) + call(1_000, 0) + call(5_000, 1);

    @TempDir
    private Path directory;

    private Paper paper;

    @BeforeEach
    void takeAClean() {
        paper = new Paper(directory);
    }

    private static String assigned(long millis) {
        return line("ASSIGNED", millis, -1);
    }

    private static String revoked(long millis) {
        return line("REVOKED", millis, -1);
    }

    private static String call(long millis, long offset) {
        return line("START", millis, offset) + line("OK", millis + 1, offset);
    }

    private static String line(String mark, long millis, long offset) {
        return mark + " " + millis * 1_000 + " 0 " + offset + " " + (offset < 0 ? 0 : 1) + "\n";
    }

    private void fault(long millis, String struck) {
        paper.faults.add(new Fault("fault", millis * 1_000, struck));
    }

    private Delays delays() throws IOException {
        return Judge.delays(paper.evidence());
    }

    @Test
    void aPartitionThatStandsStillNearAFaultIsNoticed() throws IOException {
        paper.journal("a", FOUR_SECONDS);
        fault(2_000, "");
        assertEquals(Duration.ofSeconds(4), delays().pause());
        assertEquals(Duration.ofSeconds(4), delays().standstill());
    }

    @Test
    void aWorkerThatWasStruckHasAnExcuseAndItsPartitionHasNone() throws IOException {
        paper.journal("a", FOUR_SECONDS);
        fault(2_000, "a");
        assertEquals(Duration.ZERO, delays().pause());
        assertEquals(Duration.ofSeconds(4), delays().standstill());
    }

    @Test
    void whatIsFarFromEveryFaultDoesNotMatter() throws IOException {
        paper.journal("a", FOUR_SECONDS + call(17_000, 2) + call(20_000, 3));
        fault(6_500, "");
        assertEquals(Duration.ofSeconds(12), delays().pause());
        paper.faults.clear();
        fault(5_000, "");
        fault(30_000, "");
        assertEquals(Duration.ofSeconds(12), delays().pause());
        paper.faults.clear();
        fault(17_000, "");
        assertEquals(Duration.ofSeconds(3), delays().pause());
        paper.faults.clear();
        fault(20_000, "");
        assertEquals(Delays.NONE, delays());
    }

    @Test
    void whatBeginsLongAfterAFaultDoesNotMatter() throws IOException {
        StringBuilder lines = new StringBuilder(assigned(0));
        for (int second = 1; second <= 12; second++) {
            lines.append(call(1_000 * second, second));
        }
        paper.journal("a", lines + call(20_000, 13));
        fault(1_500, "");
        assertEquals(Duration.ofSeconds(1), delays().pause());
        assertEquals(Duration.ofSeconds(1), delays().standstill());
    }

    @Test
    void aPartitionThatWasElsewhereDidNotStandStill() throws IOException {
        paper.journal("a", assigned(0) + call(1_000, 0) + revoked(1_100) + assigned(5_500) + call(6_000, 3));
        paper.journal("b", assigned(1_500) + call(2_000, 1) + call(5_000, 2) + revoked(5_200));
        fault(1_200, "");
        assertEquals(Duration.ofSeconds(3), delays().pause());
        assertEquals(Duration.ofSeconds(3), delays().standstill());
    }

    @Test
    void thePartitionsOfOneWorkerAreMeasuredApart() throws IOException {
        paper.journal("a", FOUR_SECONDS + "ASSIGNED 0 1 -1 0\nSTART 3000000 1 0 1\n");
        fault(2_000, "");
        assertEquals(Duration.ofSeconds(4), delays().pause());
    }

    @Test
    void aHandOverIsOverWhenTheNextOwnerHasThePartition() throws IOException {
        paper.journal("a", assigned(0) + call(1_000, 0) + revoked(1_500));
        assertEquals(Duration.ZERO, delays().handOver());
        paper.journal("b", assigned(9_000) + call(9_100, 1));
        assertEquals(Duration.ofSeconds(8), delays().handOver());
    }

    @Test
    void aRevocationBeginsWithItsRebalance() throws IOException {
        String rebalancing = "REBALANCING %d000 -1 -1 0\n";
        String before = assigned(0) + rebalancing.formatted(100) + call(1_000, 0) + rebalancing.formatted(2_000);
        paper.journal("a", before + revoked(4_500));
        // As at the end of a process.
        assertEquals(Duration.ZERO, delays().revocation());
        paper.journals.clear();
        paper.journal("a", before + revoked(4_500) + line("RELEASED", 6_000, -1));
        assertEquals(Duration.ofMillis(2_500), delays().revocation());
        // Another thread writes down what handlers are told, and may be faster.
        paper.journals.clear();
        paper.journal("a", before.replace("G 2000000", "G 4500100") + revoked(4_500) + line("RELEASED", 6_000, -1));
        assertEquals(Duration.ZERO, delays().revocation());
    }

    @Test
    void whatIsLostIsNotHandedOver() throws IOException {
        paper.journal("a", assigned(0) + call(1_000, 0) + revoked(1_500).replace("REVOKED", "LOST"));
        paper.journal("b", assigned(9_000) + call(9_100, 1));
        assertEquals(Duration.ZERO, delays().handOver());
    }
}
