package io.bywash.simulation;

import io.bywash.handler.TopicHandler;
import io.bywash.simulation.oracle.Finding;
import io.bywash.simulation.oracle.Invariant;
import io.bywash.simulation.schedule.Scheduler;
import io.bywash.simulation.workload.RecordSource;
import io.bywash.simulation.workload.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One run: two or three processes of the real engine read the topics of a simulated cluster. First everything goes wrong that the seed
 * has in store, then nothing does any more and all that is left must get done, then the processes are stopped. After each step everything
 * is judged that can be.
 */
public final class Simulation {
    private static final int STEPS_OF_STORM = 6_000;
    private static final int STEPS_TO_RECOVER = 60_000;

    /** Enough for the longest call that does not heed its interrupt. */
    private static final int STEPS_TO_REST = 10_000;

    private final long seed;
    private final List<String> without;
    private final World world;
    private final Fleet fleet;
    private final Traffic traffic;

    private Simulation(long seed, List<String> without, World world, RecordSource source) {
        this.seed = seed;
        this.without = without;
        this.world = world;
        Operator operator = new Operator(world);
        this.fleet = new Fleet(world, operator);
        Scenario scenario = world.scenario();
        this.traffic = new Traffic(world.stage(), world.topics(), scenario.load(), source);
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

    /**
     * Simulates a handler of somebody else's, without a broker.
     *
     * @param outside creates what the handler works on and what outlives its process: a database, another service, or what stands
     *     for them. One for every run
     * @param handler creates the handler of a process that has just started; what it keeps in its fields ends with the process
     * @return a simulation to be described further
     * @param <S> the type of what outlives the process
     */
    public static <S> HandlerSimulation<S> of(
            Supplier<S> outside, Function<S, ? extends TopicHandler<String, String>> handler) {
        return new HandlerSimulation<>(outside, handler);
    }

    /** Runs one seed without some of what goes wrong in it, by the names of {@link Relief}. */
    static Outcome run(long seed, List<String> without) {
        World world = World.of(seed, without);
        return run(seed, without, world, world.scenario().load().source());
    }

    static Outcome run(long seed, List<String> without, World world, RecordSource source) {
        Simulation simulation = new Simulation(seed, without, world, source);
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
        long rest = scheduler.steps() + STEPS_TO_REST;
        scheduler.run(() -> fleet.isAtRest() || scheduler.steps() > rest, this::look);
        fleet.rest();
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
