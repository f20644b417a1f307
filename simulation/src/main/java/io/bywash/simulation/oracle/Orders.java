package io.bywash.simulation.oracle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What operators know and decided about halted partitions. */
final class Orders {
    private final Map<Truth.Place, Long> halted = new HashMap<>();
    private final Set<Skip> skips = new HashSet<>();

    private record Skip(Truth.Place place, long offset) {}

    void halted(Truth.Place place, long offset) {
        halted.put(place, offset);
    }

    /** An operator, who sees the partition halted, has its record left out. */
    void skip(Truth.Place place) {
        Long offset = halted.get(place);
        if (offset != null) {
            skips.add(new Skip(place, offset));
        }
    }

    /** Tells whether an operator wanted a record left out, and takes it as done. */
    boolean takeSkip(Truth.Place place, long offset) {
        return skips.remove(new Skip(place, offset));
    }
}
