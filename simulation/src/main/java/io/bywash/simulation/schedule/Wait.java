package io.bywash.simulation.schedule;

import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/** A step that waits in its middle. The scheduler resumes it as if it were a step of its own. */
final class Wait implements Actor {
    private final Actor owner;
    private final BooleanSupplier condition;
    private final long deadline;
    private final Semaphore resumed = new Semaphore(0);

    Wait(Actor owner, BooleanSupplier condition, long deadline) {
        this.owner = owner;
        this.condition = condition;
        this.deadline = deadline;
    }

    @Override
    public String name() {
        return owner.name() + " goes on";
    }

    @Override
    public long due() {
        return condition.getAsBoolean() ? 0 : deadline;
    }

    /** Hands the running role back to the thread that waits. */
    @Override
    public void step() {
        resumed.release();
    }

    Actor owner() {
        return owner;
    }

    void park() {
        resumed.acquireUninterruptibly();
    }
}
