package io.bywash.simulation.schedule;

/** Something that takes steps. The scheduler alone calls it, and never two actors at once. */
public interface Actor {

    /** A time that does not come: the actor waits for somebody else to do something. */
    long NEVER = Long.MAX_VALUE;

    /** Returns the name that stands in the trace. */
    String name();

    /** Returns when the next step may be taken, in nanoseconds of the {@link VirtualClock}; any time up to now means now. */
    long due();

    /** Takes one step. Called only when one is due. */
    void step();
}
