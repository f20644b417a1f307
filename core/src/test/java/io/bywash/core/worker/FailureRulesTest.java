package io.bywash.core.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.core.binding.DecodeException;
import io.bywash.core.event.GroupEvent.NextStep;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.OnFailure;
import io.bywash.handler.NonRetriableException;
import io.bywash.handler.RetriableException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureRulesTest {
    private static final FailurePolicy THREE = FailurePolicy.DEFAULT.withMaxAttempts(3);

    private static NextStep after(FailurePolicy policy, Throwable failure, int attempt) {
        return new FailureRules(policy).after(failure, attempt);
    }

    private static NextStep firstFailure(String failFastOn, Throwable failure) {
        return after(THREE.withFailFastOn(Set.of(failFastOn)), failure, 1);
    }

    @ParameterizedTest
    @CsvSource({"1, RETRY", "2, RETRY", "3, DEAD_LETTER", "4, DEAD_LETTER"})
    void anyExceptionIsTriedAgainUntilTheLastAttempt(int attempt, NextStep next) {
        assertEquals(next, after(THREE, new IOException("away"), attempt));
    }

    @ParameterizedTest
    @CsvSource({"DEAD_LETTER, DEAD_LETTER", "SKIP, SKIP", "HALT, HALT"})
    void thePolicySaysWhatFollowsTheLastAttempt(OnFailure policy, NextStep next) {
        assertEquals(next, after(THREE.withOnFailure(policy), new IOException("away"), 3));
        assertEquals(next, after(THREE.withOnFailure(policy), new NonRetriableException("never"), 1));
    }

    @Test
    void retriableExceptionsAreTriedAgainAlthoughTheyAreListedToFailFast() {
        RetriableException passing = new RetriableException("away", new IOException("reset"));
        assertEquals(NextStep.RETRY, firstFailure(RetriableException.class.getName(), passing));
        assertEquals(NextStep.RETRY, firstFailure(IOException.class.getName(), passing));
        assertEquals(NextStep.DEAD_LETTER, after(THREE, passing, 3));
    }

    @Test
    void aListedClassCoversItsSubclassesAndWhatItIsTheCauseOf() {
        String listed = IOException.class.getName();
        IOException itself = new IOException("away");
        assertEquals(NextStep.DEAD_LETTER, firstFailure(listed, itself));
        assertEquals(NextStep.DEAD_LETTER, firstFailure(listed, new FileNotFoundException("a subclass")));
        assertEquals(NextStep.DEAD_LETTER, firstFailure(listed, new RuntimeException(new Exception(itself))));
        assertEquals(NextStep.RETRY, firstFailure(listed, new Exception("a superclass")));
        assertEquals(NextStep.RETRY, firstFailure("IOException", itself));
    }

    @Test
    void causesThatGoRoundInCirclesComeToAnEnd() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);
        assertEquals(NextStep.RETRY, firstFailure(IOException.class.getName(), first));
    }

    @Test
    void whatCannotBeDecodedIsNotTriedAgain() {
        DecodeException poison = new DecodeException("value", new Object(), new IllegalArgumentException("no number"));
        assertEquals(NextStep.DEAD_LETTER, after(THREE, poison, 1));
    }

    @Test
    void anErrorStopsTheConsumerWhateverThePolicySays() {
        assertEquals(NextStep.STOP, after(THREE.withOnFailure(OnFailure.SKIP), new OutOfMemoryError("heap"), 3));
        assertEquals(NextStep.STOP, after(THREE, new NoClassDefFoundError("com/acme/Order"), 1));
    }
}
