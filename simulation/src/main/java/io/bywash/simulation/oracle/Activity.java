package io.bywash.simulation.oracle;

import io.bywash.simulation.schedule.VirtualClock;
import java.util.HashMap;
import java.util.Map;

/** Knows since when nothing of a process is in flight: no call of its handler, no dead letter. */
final class Activity {
    private final VirtualClock clock;
    private final Map<String, Integer> inFlight = new HashMap<>();
    private final Map<String, Long> lastEnd = new HashMap<>();

    Activity(VirtualClock clock) {
        this.clock = clock;
    }

    void begins(String process) {
        inFlight.merge(process, 1, Integer::sum);
    }

    void ends(String process) {
        inFlight.merge(process, -1, Integer::sum);
        lastEnd.put(process, clock.now());
    }

    /** Returns for how long nothing has been in flight, in nanoseconds. */
    long idle(String process) {
        boolean busy = inFlight.getOrDefault(process, 0) > 0;
        return busy ? 0 : clock.now() - lastEnd.getOrDefault(process, 0L);
    }
}
