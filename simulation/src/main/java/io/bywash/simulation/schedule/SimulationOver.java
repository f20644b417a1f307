package io.bywash.simulation.schedule;

/**
 * Unwinds the stack of a step that is in the middle of a wait when its run ends. An error, so that nothing on the way takes it for a
 * failure that can be dealt with.
 */
final class SimulationOver extends Error {
    private static final long serialVersionUID = 1L;

    SimulationOver() {
        super("the run is over", null, false, false);
    }
}
