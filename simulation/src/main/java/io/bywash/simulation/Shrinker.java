package io.bywash.simulation;

import java.util.ArrayList;
import java.util.List;

/** Finds out how little has to go wrong for a run to break what it broke. */
final class Shrinker {
    private Shrinker() {}

    /** Takes away one thing after the other for as long as the same invariant breaks; returns the smallest run that breaks it. */
    static InvariantBrokenException shrink(InvariantBrokenException broken) {
        InvariantBrokenException smallest = broken;
        for (Relief relief : Relief.all()) {
            List<String> without = new ArrayList<>(smallest.without());
            Scenario scenario = World.of(broken.seed(), without).scenario();
            if (without.contains(relief.name()) || !relief.matters(scenario)) {
                continue;
            }
            without.add(relief.name());
            try {
                Simulation.run(broken.seed(), without);
            } catch (InvariantBrokenException smaller) {
                if (smaller.invariant() == broken.invariant()) {
                    smallest = smaller;
                }
            }
        }
        return smallest;
    }
}
