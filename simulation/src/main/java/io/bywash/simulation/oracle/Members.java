package io.bywash.simulation.oracle;

import java.util.HashMap;
import java.util.Map;

/** What each process was told: the same, apart from the ordering, which may be another after a restart. */
final class Members {
    private final Terms usual;
    private final Map<String, Terms> others = new HashMap<>();

    Members(Terms usual) {
        this.usual = usual;
    }

    /** Returns what all were told unless they were told otherwise; times and attempts are the same for all. */
    Terms usual() {
        return usual;
    }

    void joins(String process, Terms terms) {
        others.put(process, terms);
    }

    Terms of(String process) {
        return others.getOrDefault(process, usual);
    }
}
