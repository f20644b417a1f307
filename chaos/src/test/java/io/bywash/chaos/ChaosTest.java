package io.bywash.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.chaos.oracle.Verdict;
import io.bywash.chaos.trial.Catalogue;
import io.bywash.chaos.trial.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The chaos tests in their short form, those that take least time. They run on one JDK: what they break lies outside of the JVM. */
@EnabledForJreRange(max = JRE.JAVA_17)
@Timeout(300)
class ChaosTest {
    private static Stage stage;

    @BeforeAll
    static void open() throws IOException {
        stage = Stage.open(Path.of("target", "short"));
    }

    @AfterAll
    static void close() {
        if (stage != null) {
            stage.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"KILL", "ROLL", "FREEZE", "PROXY", "POISON", "REFUSED"})
    void nothingIsLostNothingIsOutOfOrderAndEveryRepetitionIsExplained(Catalogue test) throws IOException {
        Verdict verdict = test.runShort(stage);
        System.out.println(test + " " + verdict);
        assertEquals(List.of(), verdict.findings());
    }
}
