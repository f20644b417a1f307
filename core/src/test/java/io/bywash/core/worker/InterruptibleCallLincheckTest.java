package io.bywash.core.worker;

import io.bywash.core.fixture.Interleavings;
import io.bywash.core.thread.Running;
import io.bywash.core.worker.InterruptibleCall.Cause;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Two calls follow each other about the same record. An interrupt that is meant for one of them hits it while it lasts, and never the
 * other; and who is hit is told why.
 */
@Param(name = "number", gen = IntGen.class, conf = "1:2")
public final class InterruptibleCallLincheckTest {
    private static final Object RECORD = new Object();

    private final AtomicBoolean hit = new AtomicBoolean();
    private final InterruptibleCall<Object> call = new InterruptibleCall<>(new Target());
    private volatile int number;

    // Of the runner.
    private boolean calling;

    public InterruptibleCallLincheckTest() {
        endOrBegin();
    }

    /** Ends the call and says what came of it, or begins the next if there is none. */
    @Operation(nonParallelGroup = "runner")
    public String endOrBegin() {
        calling = !calling;
        if (calling) {
            number++;
            call.begin(RECORD);
            return "begun";
        }
        Cause cause = call.end(RECORD);
        return cause + (hit.getAndSet(false) ? ", hit" : "");
    }

    @Operation
    public void interrupt(@Param(name = "number") int meant) {
        call.interrupt(about -> number == meant, Cause.REVOKED);
    }

    @Test
    void isLinearizableOnRealThreads() {
        Interleavings.onThreads(getClass());
    }

    @Test
    void isLinearizableInEveryOrderOfSteps() {
        Interleavings.stepByStep(getClass(), 1);
    }

    private final class Target implements Running {
        @Override
        public void start() {}

        @Override
        public void signal() {}

        @Override
        public void interrupt() {
            hit.set(true);
        }

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public String name() {
            return "target";
        }

        @Override
        public List<StackTraceElement> stack() {
            return List.of();
        }
    }
}
