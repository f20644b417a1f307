package io.bywash.simulation.schedule;

import io.bywash.core.thread.Next;
import io.bywash.core.thread.Running;
import io.bywash.core.thread.Step;
import java.util.List;

/** A step of the engine as an actor: ready when it asked to be, or was signalled. */
public final class SteppedWork implements Running, Actor {
    private final String name;
    private final Step step;
    private final SimRunner runner;
    private State state = State.PREPARED;
    private long wake = NEVER;
    private long restUntil;
    private boolean signalled;

    private enum State {
        PREPARED,
        WAITING,
        STEPPING,
        DONE
    }

    SteppedWork(String name, Step step, SimRunner runner) {
        this.name = name;
        this.step = step;
        this.runner = runner;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        if (state != State.PREPARED) {
            throw new IllegalStateException(name + " was started twice");
        }
        state = State.WAITING;
        wake = 0;
    }

    @Override
    public long due() {
        if (state != State.WAITING) {
            return NEVER;
        }
        return Math.max(signalled ? 0 : wake, restUntil);
    }

    @Override
    public void step() {
        state = State.STEPPING;
        signalled = false;
        Next next = step.step();
        state = State.WAITING;
        if (next instanceof Next.Done) {
            state = State.DONE;
            runner.remove(this);
        } else if (next instanceof Next.Now || next instanceof Next.AfterOthers || runner.wakesForNoReason()) {
            wake = 0;
        } else if (next instanceof Next.At at) {
            wake = runner.clock().sinceStart(at.nanos());
        } else {
            wake = NEVER;
        }
    }

    /**
     * Lets some time pass before the next step, whatever that step asks for. Stands for a call that blocks at the end of the step,
     * when it is all the same whether it does before or after what little follows.
     *
     * @param nanos how long
     */
    public void rest(long nanos) {
        restUntil = runner.clock().now() + nanos;
    }

    @Override
    public void signal() {
        signalled = true;
    }

    @Override
    public void interrupt() {
        runner.interrupt(this);
    }

    @Override
    public boolean isAlive() {
        return state != State.DONE;
    }

    @Override
    public List<StackTraceElement> stack() {
        return List.of();
    }

    @Override
    public String toString() {
        return name;
    }
}
