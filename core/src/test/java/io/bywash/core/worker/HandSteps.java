package io.bywash.core.worker;

import io.bywash.core.thread.Next;
import io.bywash.core.thread.Running;
import io.bywash.core.thread.Step;
import io.bywash.core.thread.StepRunner;
import java.util.List;

/** Runs nothing: a test takes the steps itself. Keeps what the work asked of its runner. */
final class HandSteps implements StepRunner, Running {
    private Step step;
    private boolean signalled;
    private boolean interrupted;

    @Override
    public Running prepare(String name, Step work) {
        step = work;
        return this;
    }

    @Override
    public Object current() {
        return Thread.currentThread();
    }

    @Override
    public void start() {
        signalled = true;
    }

    @Override
    public void signal() {
        signalled = true;
    }

    @Override
    public void interrupt() {
        interrupted = true;
    }

    @Override
    public boolean isAlive() {
        return true;
    }

    @Override
    public String name() {
        return "by hand";
    }

    @Override
    public List<StackTraceElement> stack() {
        return List.of();
    }

    Next step() {
        return step.step();
    }

    boolean wasInterrupted() {
        return interrupted;
    }

    /** Tells whether a signal came since the last question. */
    boolean takeSignal() {
        boolean was = signalled;
        signalled = false;
        return was;
    }
}
