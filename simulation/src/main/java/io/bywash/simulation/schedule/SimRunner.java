package io.bywash.simulation.schedule;

import io.bywash.core.event.EventDispatcher;
import io.bywash.core.thread.Running;
import io.bywash.core.thread.Step;
import io.bywash.core.thread.StepRunner;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Makes actors of the steps of one consumer. */
public final class SimRunner implements StepRunner {
    private final Scheduler scheduler;
    private final VirtualClock clock;
    private final Chance chance;
    private final Consumer<Running> interrupted;
    private final Set<SteppedWork> works = new LinkedHashSet<>();

    /**
     * Creates a runner.
     *
     * @param scheduler steps the actors
     * @param clock tells when a step wants to be called again
     * @param chance decides when a step is called for no reason
     * @param interrupted told when the call that a step is in is to be interrupted
     */
    public SimRunner(Scheduler scheduler, VirtualClock clock, Chance chance, Consumer<Running> interrupted) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.chance = chance;
        this.interrupted = interrupted;
    }

    @Override
    public Running prepare(String name, Step step) {
        SteppedWork work = new SteppedWork(name, step, this);
        works.add(work);
        if (step instanceof EventDispatcher) {
            // Events are the only way to hear of a skipped record, and whoever judges a commit must have heard before.
            scheduler.addFirst(work);
        } else {
            scheduler.add(work);
        }
        return work;
    }

    @Override
    public Object current() {
        return scheduler.current();
    }

    /** Returns what has not come to its end. */
    public List<SteppedWork> works() {
        return List.copyOf(works);
    }

    VirtualClock clock() {
        return clock;
    }

    /** Decides whether a step is called although it asked for nothing, as a parked thread may wake up for no reason. */
    boolean wakesForNoReason() {
        return chance.happens(0.02);
    }

    void interrupt(SteppedWork work) {
        interrupted.accept(work);
    }

    /** Ends everything in the middle of whatever it is in, as the end of a process does. */
    public void crash() {
        works.forEach(scheduler::abandon);
    }

    void remove(SteppedWork work) {
        works.remove(work);
        scheduler.remove(work);
    }
}
