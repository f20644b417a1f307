package io.bywash.core.lane;

import io.bywash.core.fixture.Interleavings;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** Of those who want the turn at once, one has it; and who gave it up before somebody wanted it does not keep it from him. */
public final class TurnLincheckTest {
    private final Turn turn = new Turn();

    @Operation
    public boolean take() {
        return turn.take();
    }

    @Operation
    public void giveUp() {
        turn.giveUp();
    }

    @Operation
    public boolean isTaken() {
        return turn.isTaken();
    }

    @Test
    void isLinearizableOnRealThreads() {
        Interleavings.onThreads(getClass());
    }

    @Test
    void isLinearizableInEveryOrderOfSteps() {
        Interleavings.stepByStep(getClass(), 1);
    }
}
