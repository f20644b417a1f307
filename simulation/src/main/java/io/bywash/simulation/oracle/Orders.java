package io.bywash.simulation.oracle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What operators know and decided about halted records. */
final class Orders {
    private final Map<Truth.Place, Set<Long>> halted = new HashMap<>();
    private final Map<Truth.Place, Set<Long>> skips = new HashMap<>();

    void halted(Truth.Place place, long offset) {
        offsets(halted, place).add(offset);
    }

    /** Tells whether a record is halted, as far as operators know. */
    boolean isHalted(Truth.Place place, long offset) {
        return offsets(halted, place).contains(offset);
    }

    /** An operator, who sees the record halted, has it left out. */
    void skip(Truth.Place place, long offset) {
        offsets(skips, place).add(offset);
    }

    /** A record is tried again or no longer there. */
    void goesOn(Truth.Place place, long offset) {
        offsets(halted, place).remove(offset);
    }

    /** Tells whether an operator wanted a record left out, and takes it as done. */
    boolean takeSkip(Truth.Place place, long offset) {
        boolean wanted = offsets(skips, place).remove(offset);
        if (wanted) {
            goesOn(place, offset);
        }
        return wanted;
    }

    private static Set<Long> offsets(Map<Truth.Place, Set<Long>> map, Truth.Place place) {
        return map.computeIfAbsent(place, first -> new HashSet<>());
    }
}
