package io.bywash.simulation;

import io.bywash.simulation.oracle.Finding;
import io.bywash.simulation.oracle.Invariant;
import io.bywash.simulation.schedule.Scheduler;
import io.bywash.simulation.workload.Traffic;
import java.time.Duration;
import java.util.List;

/**
 * One run: two processes of the real engine read a topic of a simulated cluster. First everything goes wrong that the seed has in store,
 * then nothing does any more and all that is left must get done, then the processes are stopped. After each step everything is
 * judged that can be.
 */
public final class Simulation {
    private static final int STEPS_OF_STORM = 6_000;
    private static final int STEPS_TO_RECOVER = 60_000;

    private final long seed;
    private final List<String> without;
    private final World world;
    private final Fleet fleet;
    private final Traffic traffic;

    private Simulation(long seed, List<String> without) {
        this.seed = seed;
        this.without = without;
        this.world = World.of(seed, without);
        Operator operator = new Operator(world);
        this.fleet = new Fleet(world, operator);
        Scenario scenario = world.scenario();
        this.traffic = new Traffic(world.stage(), world.topic(), scenario.load());
        scheduler().add(fleet);
        scheduler().add(operator);
        scheduler().add(traffic);
        world.stage().trace().note("scenario", scenario.toString());
    }

    /**
     * Runs one seed.
     *
     * @param seed any number; the same one gives the same run, byte for byte, on every machine
     * @return what the run came to
     * @throws InvariantBrokenException if something is not as it must be
     */
    public static Outcome run(long seed) {
        return run(seed, List.of());
    }

    /** Runs one seed without some of what goes wrong in it, by the names of {@link Relief}. */
    static Outcome run(long seed, List<String> without) {
        Simulation simulation = new Simulation(seed, without);
        try (Scheduler scheduler = simulation.scheduler()) {
            return simulation.run(scheduler);
        }
    }

    private Outcome run(Scheduler scheduler) {
        scheduler.run(this::isStormOver, this::look);
        world.heal();
        fleet.calmDown();
        long deadline = scheduler.steps() + STEPS_TO_RECOVER;
        scheduler.run(this::isQuiet, () -> lookUntil(deadline));
        fleet.close();
        scheduler.run(fleet::isClosed, this::look);
        if (!world.oracle().isEverythingDone()) {
            world.oracle()
                    .report(Invariant.I12, "closed although " + world.oracle().progress());
        }
        look();
        return new Outcome(
                seed,
                scheduler.steps(),
                Duration.ofNanos(world.stage().clock().now()),
                world.oracle().tally(),
                world.stage().trace().text());
    }

    private Scheduler scheduler() {
        return world.stage().scheduler();
    }

    private boolean isStormOver() {
        boolean passed = world.stage().clock().now()
                > world.scenario().weather().length().toNanos();
        return (traffic.isOver() && passed) || scheduler().steps() > STEPS_OF_STORM;
    }

    private boolean isQuiet() {
        return traffic.isOver() && fleet.isRunning() && world.oracle().isEverythingDone();
    }

    private void look() {
        fleet.look();
        world.oracle().look().ifPresent(this::fail);
    }

    private void lookUntil(long deadline) {
        if (scheduler().steps() > deadline) {
            world.oracle()
                    .report(
                            Invariant.I12,
                            "nothing goes wrong any more, but after " + STEPS_TO_RECOVER + " steps "
                                    + world.oracle().progress());
        }
        look();
    }

    private void fail(Finding finding) {
        throw new InvariantBrokenException(
                new InvariantBrokenException.Run(
                        seed, without, world.scenario().toString(), scheduler().steps()),
                finding,
                world.stage().trace());
    }
}
