package io.bywash.simulation.mutant;

import io.bywash.simulation.ShrunkRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** What the simulation says of a defect is as little as shows it, and shows it again. */
@EnabledForJreRange(max = JRE.JAVA_17) // the defect is in the text of the engine, whatever runs it
class ShrinkingTest {
    private static final String DEFECT = "takes further records while a partition is being given up";

    @Test
    void aRunIsShrunkToOneThatBreaksTheSameWithLessAndThatItsCommandRepeats(@TempDir Path classes) throws Exception {
        Mutant mutant = Mutants.all().stream()
                .filter(one -> one.defect().equals(DEFECT))
                .findFirst()
                .orElseThrow();
        DefectiveEngine.with(mutant, classes).run(ShrunkRun.class);
    }
}
