package io.bywash.simulation.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What operators know and decided about halted partitions. */
final class Orders {
    private final Map<Truth.Place, Set<Long>> halted = new HashMap<>();
    private final List<Skip> skips = new ArrayList<>();

    /** Leave to pass over one of the records that were halted when it was given. */
    private record Skip(Truth.Place place, Set<Long> offsets) {}

    void halted(Truth.Place place, long offset) {
        halted.computeIfAbsent(place, first -> new TreeSet<>()).add(offset);
    }

    /** Returns the records a partition is halted at, as far as operators know. */
    Set<Long> haltedAt(Truth.Place place) {
        return Set.copyOf(halted.getOrDefault(place, Set.of()));
    }

    /** An operator, who sees the partition halted, has a record left out. */
    void skip(Truth.Place place) {
        skips.add(new Skip(place, haltedAt(place)));
    }

    /** A record is tried again or no longer there. */
    void goesOn(Truth.Place place, long offset) {
        halted.getOrDefault(place, new TreeSet<>()).remove(offset);
    }

    /** Tells whether an operator wanted a record left out, and takes it as done. */
    boolean takeSkip(Truth.Place place, long offset) {
        for (Skip skip : skips) {
            if (skip.place().equals(place) && skip.offsets().contains(offset)) {
                goesOn(place, offset);
                return skips.remove(skip);
            }
        }
        return false;
    }
}
