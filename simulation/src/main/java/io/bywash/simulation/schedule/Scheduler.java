package io.bywash.simulation.schedule;

import io.bywash.core.thread.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets actors step one at a time and decides by chance which of those that are ready steps next. While none is ready, the clock
 * jumps to the first that will be.
 *
 * <p>One thread runs at any moment. When a step waits in its middle, its thread parks and a spare one takes over the role of the
 * scheduler; to resume the step is again a choice among others, and then the spare thread retires. So several steps may wait at once
 * and go on in any order. All that the threads share is handed on with the role; nothing here needs a lock.
 */
public final class Scheduler implements Waiting, AutoCloseable {
    private static final Duration MOST_PER_STEP = Duration.ofMillis(2);
    private static final Duration GLANCE = Duration.ofMillis(5);
    private static final Duration HUNG = Duration.ofMinutes(1);
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "simulation");
        thread.setDaemon(true);
        return thread;
    });

    private final VirtualClock clock;
    private final Chance chance;
    private final Trace trace;
    private final List<Actor> actors = new ArrayList<>();
    private final List<Actor> first = new ArrayList<>();
    private final List<Wait> waits = new ArrayList<>();
    private final List<Wait> abandoned = new ArrayList<>();
    private final List<Actor> ready = new ArrayList<>();
    private final Semaphore unwound = new Semaphore(0);
    private Phase phase = new Phase(() -> true, () -> {});
    private Actor current = new Nobody();
    private final AtomicLong steps = new AtomicLong();
    private boolean closed;

    /** A stretch of a run. */
    private static final class Phase {
        private final BooleanSupplier over;
        private final Runnable afterEachStep;
        private final CountDownLatch ended = new CountDownLatch(1);
        private @Nullable Throwable failure;

        Phase(BooleanSupplier over, Runnable afterEachStep) {
            this.over = over;
            this.afterEachStep = afterEachStep;
        }
    }

    /**
     * Creates a scheduler without actors.
     *
     * @param clock the clock it moves
     * @param chance decides who is next and how long a step takes
     * @param trace takes a line for each step
     */
    public Scheduler(VirtualClock clock, Chance chance, Trace trace) {
        this.clock = clock;
        this.chance = chance;
        this.trace = trace;
    }

    /** Takes an actor in. */
    public void add(Actor actor) {
        actors.add(actor);
    }

    /** Takes an actor in that goes before all others whenever it is ready, and whose steps take no time. */
    public void addFirst(Actor actor) {
        first.add(actor);
    }

    /** Lets an actor go. */
    public void remove(Actor actor) {
        actors.remove(actor);
        first.remove(actor);
    }

    /** Lets an actor go that may be in the middle of a step, which then never goes on. */
    void abandon(Actor actor) {
        remove(actor);
        for (Wait wait : List.copyOf(waits)) {
            if (wait.owner().equals(actor)) {
                waits.remove(wait);
                abandoned.add(wait);
            }
        }
    }

    /** Returns whose step is under way. */
    public Actor current() {
        return current;
    }

    /** Returns how many steps were taken so far. */
    public long steps() {
        return steps.get();
    }

    /**
     * Runs until something holds. May be called again, to go on.
     *
     * @param over when to stop; asked between steps
     * @param afterEachStep what to do after each step; what it throws ends the run
     */
    public void run(BooleanSupplier over, Runnable afterEachStep) {
        phase = new Phase(over, afterEachStep);
        THREADS.execute(this::loop);
        try {
            for (long before = -1; !phase.ended.await(HUNG.toSeconds(), TimeUnit.SECONDS); before = steps.get()) {
                if (steps.get() == before) {
                    throw new IllegalStateException("step " + steps + " by " + current.name()
                            + " did not come back within " + HUNG + ": something in it blocks for real");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in the middle of a run", e);
        }
        if (phase.failure instanceof RuntimeException failure) {
            throw failure;
        } else if (phase.failure != null) {
            throw new IllegalStateException("step " + steps + " ended with an error", phase.failure);
        }
    }

    private void loop() {
        try {
            runSteps();
        } catch (SimulationOver over) {
            unwound.release();
        } catch (Throwable failure) {
            phase.failure = failure;
            phase.ended.countDown();
        }
    }

    private void runSteps() {
        while (!phase.over.getAsBoolean()) {
            Actor next = choose();
            trace.step(steps.incrementAndGet(), next);
            if (next instanceof Wait wait) {
                waits.remove(wait);
                wait.step();
                return;
            }
            current = next;
            next.step();
            if (closed) {
                throw new SimulationOver();
            }
            phase.afterEachStep.run();
        }
        phase.ended.countDown();
    }

    private Actor choose() {
        for (Actor actor : first) {
            if (actor.due() <= clock.now()) {
                return actor;
            }
        }
        for (long earliest = collect(); ready.isEmpty(); earliest = collect()) {
            if (earliest == Actor.NEVER) {
                throw new IllegalStateException("nobody has anything to do, ever: all actors wait for each other");
            }
            // What a step waits for may come with the time alone, so real waiting looks now and then, and so does this.
            long jump = earliest - clock.now();
            clock.advance(waits.isEmpty() ? jump : Math.min(jump, GLANCE.toNanos()));
        }
        clock.advance(chance.between(Duration.ZERO, MOST_PER_STEP));
        return chance.pick(ready);
    }

    /** Finds out who is ready; returns when the earliest of all others will be. */
    private long collect() {
        ready.clear();
        return Math.min(collect(actors), collect(waits));
    }

    private long collect(List<? extends Actor> some) {
        long earliest = Actor.NEVER;
        for (Actor actor : some) {
            long due = actor.due();
            if (due <= clock.now()) {
                ready.add(actor);
            } else {
                earliest = Math.min(earliest, due);
            }
        }
        return earliest;
    }

    @Override
    public boolean until(BooleanSupplier condition, long deadlineNanos) {
        requireOpen();
        if (condition.getAsBoolean()) {
            return true;
        }
        Wait wait = new Wait(current, condition, clock.sinceStart(deadlineNanos));
        waits.add(wait);
        THREADS.execute(this::loop);
        wait.park();
        requireOpen();
        current = wait.owner();
        return condition.getAsBoolean();
    }

    /** Ends a step that goes on although its run is over. Called by whatever such a step might call. */
    public void requireOpen() {
        if (closed) {
            throw new SimulationOver();
        }
    }

    /** Ends the run. Steps that wait are unwound, one after the other; what they still do counts no more. */
    @Override
    public void close() {
        closed = true;
        abandoned.addAll(waits);
        for (Wait wait : List.copyOf(abandoned)) {
            wait.step();
            try {
                if (!unwound.tryAcquire(HUNG.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IllegalStateException(wait.owner().name() + " did not end with its run");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static final class Nobody implements Actor {
        @Override
        public String name() {
            return "nobody";
        }

        @Override
        public long due() {
            return NEVER;
        }

        @Override
        public void step() {
            throw new IllegalStateException("nobody takes no steps");
        }
    }
}
