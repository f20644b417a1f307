package io.bywash.chaos.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.chaos.trial.RefusalTrials.Outcome;
import io.bywash.chaos.trial.RefusalTrials.Refusal;
import io.bywash.runtime.cli.ExitCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever is not let in says so, soon, and in every respect. */
class RefusalTrialsTest {
    private static final Refusal REFUSAL =
            new Refusal("wrong door", new SecuredRun.Access("DOOR", ""), ExitCode.BROKER, "no such door");
    private static final Duration MINUTE = Duration.ofSeconds(60);
    private static final String SAYS_SO = "there is no such door\n";

    @Test
    void whoEndsWithinAMinuteAndSaysWhyHasDoneAllItCould() {
        assertEquals(List.of(), RefusalTrials.judge(REFUSAL, new Outcome(4, MINUTE, SAYS_SO)));
    }

    @Test
    void whoTakesLongerIsFound() {
        assertEquals(
                List.of("wrong door: the worker ended only after 61 s"),
                RefusalTrials.judge(REFUSAL, new Outcome(4, MINUTE.plusSeconds(1), SAYS_SO)));
    }

    @Test
    void whoEndsWithAnotherCodeOrSaysNothingIsFound() {
        assertEquals(
                List.of("wrong door: exit code 0", "wrong door: the log does not say 'no such door'"),
                RefusalTrials.judge(REFUSAL, new Outcome(0, MINUTE, "")));
    }
}
