package io.bywash.simulation.schedule;

/**
 * What everything in a run shares.
 *
 * @param clock the time
 * @param chance what is not determined
 * @param trace what happened
 * @param scheduler who is next
 */
public record Stage(VirtualClock clock, Chance chance, Trace trace, Scheduler scheduler) {

    /**
     * Sets a stage for a run.
     *
     * @param chance decides everything, the origin of the engine's ticker included
     */
    public static Stage with(Chance chance) {
        VirtualClock clock =
                new VirtualClock(chance.happens(0.5) ? chance.any() : Long.MAX_VALUE - chance.below(1 << 30));
        Trace trace = new Trace(clock);
        return new Stage(clock, chance, trace, new Scheduler(clock, chance, trace));
    }

    /**
     * Returns a time of the engine's ticker.
     *
     * @param nanos how far from now
     */
    public long ticksIn(long nanos) {
        return clock.ticker().nanos() + nanos;
    }
}
