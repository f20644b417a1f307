package io.bywash.chaos.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What must not be. Of each kind the first few are told in full. */
final class Findings {
    private static final int TOLD = 5;

    private final Map<String, List<String>> byKind = new LinkedHashMap<>();

    void add(String kind, String what) {
        byKind.computeIfAbsent(kind, one -> new ArrayList<>()).add(what);
    }

    List<String> texts() {
        return byKind.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue().size() + "): "
                        + String.join(
                                "; ", entry.getValue().stream().limit(TOLD).toList()))
                .toList();
    }
}
