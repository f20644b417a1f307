package io.bywash.chaos.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.chaos.load.Produced;
import io.bywash.chaos.worker.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle takes the same offset of a log that was replaced for two records. */
class ErasTest {
    private static final String ANEW = """
            ASSIGNED 20000 0 -1 0
            STARTED 20001 0 0 0
            START 21000 0 0 1
            OK 22000 0 0 1
            """;

    @TempDir
    private Path directory;

    private Paper paper;

    /** Two records were handled; then the topic was made anew, and one record was written to it. */
    @BeforeEach
    void takeOneThatWasMadeAnew() throws IOException {
        paper = new Paper(directory);
        paper.journal("a", Paper.HANDLED);
        paper.commits.add(Paper.commit(2, 6));
        paper.cuts.add(new Cut(0, 0, 10_000, 10_000, Optional.of("new")));
        paper.acknowledged.add(new Produced(0, 0, "key", Task.ordinary(2), 11_000));
        paper.visible.clear();
        paper.visible(0, Task.ordinary(2));
    }

    @Test
    void whatIsHandledAndCommittedAnewIsNoRepetition() throws IOException {
        paper.journal("b", ANEW);
        paper.commits.add(Paper.commit(1, 23));
        assertEquals("", paper.findings());
        assertEquals(2, paper.evidence().erased().size());
    }

    @Test
    void aNewRecordThatNobodyHandledIsLost() throws IOException {
        assertTrue(paper.findings().startsWith("lost (1): 1000@0"), paper.findings());
    }

    @Test
    void anOldOffsetThatIsCommittedForTheNewLogIsNoticed() throws IOException {
        paper.journal("b", ANEW);
        paper.commits.add(Paper.commit(2, 15));
        assertTrue(paper.findings().startsWith("committed before it was complete (1): 1000@0"), paper.findings());
    }

    @Test
    void aLateCommitThatTellsItIsOfTheOldTopicIsNoneOfTheNewOne() throws IOException {
        paper.journal("b", ANEW);
        paper.commits.add(new Commit(0, 2, 15, new long[0], Optional.of("old")));
        paper.commits.add(new Commit(0, 1, 23, new long[0], Optional.of("new")));
        assertEquals("", paper.findings());
    }

    @Test
    void anOldOffsetThatTellsItIsOfTheNewTopicIsNoticed() throws IOException {
        paper.journal("b", ANEW);
        paper.commits.add(new Commit(0, 2, 15, new long[0], Optional.of("new")));
        assertTrue(paper.findings().startsWith("committed before it was complete (1): 1000@0"), paper.findings());
    }

    @Test
    void whoBeginsAnewWithoutANewTopicIsNoticed() throws IOException {
        paper.journal("b", ANEW + "RECREATED 23000 0 0 0\n");
        assertEquals("", paper.findings());
        paper.journals.remove(1);
        paper.journal("b", ANEW + "RECREATED 9000 0 0 0\n");
        assertTrue(paper.findings().startsWith("begun anew with the topic that was there (1)"), paper.findings());
    }

    @Test
    void aNewRecordThatIsGoneWasNotErased() throws IOException {
        paper.journal("b", ANEW);
        paper.acknowledged.add(new Produced(0, 1, "key", Task.ordinary(3), 12_000));
        assertTrue(paper.findings().startsWith("acknowledged, but not in the log (1): 1000@1"), paper.findings());
    }

    /** Who begins with the second record of the first topic. */
    private static final String LATER = "ASSIGNED 1000 0 -1 0\nSTART 4000 0 1 1\nOK 5000 0 1 1\n";

    @Test
    void whatWasPassedOverOfALogThatIsGoneIsNoticed() throws IOException {
        paper.journals.clear();
        paper.journal("a", LATER);
        paper.journal("b", ANEW);
        paper.commits.clear();
        assertEquals("", paper.findings());
        paper.commits.add(new Commit(0, 2, 6, new long[0], Optional.of("old")));
        assertTrue(paper.findings().startsWith("committed before it was complete (1): 0@0"), paper.findings());
    }

    @Test
    void whoReadsOnInAnotherLogWithoutKnowingItHasPassedNothingOver() throws IOException {
        paper.journals.clear();
        paper.journal("a", LATER);
        paper.journal("b", ANEW);
        paper.commits.set(0, new Commit(0, 2, 10, new long[0], Optional.of("old")));
        assertEquals("", paper.findings());
    }

    @Test
    void whatLiesBeforeTheCutIsAsItWas() throws IOException {
        paper.cuts.clear();
        paper.cuts.add(new Cut(0, 1, 10_000, 10_000, Optional.empty()));
        paper.acknowledged.set(2, new Produced(0, 1, "key", Task.ordinary(2), 11_000));
        paper.visible.clear();
        paper.visible(0, Task.ordinary(0));
        paper.visible(1, Task.ordinary(2));
        paper.journal("b", ANEW.replace(" 0 0 ", " 0 1 "));
        paper.commits.add(Paper.commit(1, 15));
        paper.commits.add(Paper.commit(2, 23));
        assertEquals("", paper.findings());
        assertEquals(1, paper.evidence().erased().size());
    }
}
