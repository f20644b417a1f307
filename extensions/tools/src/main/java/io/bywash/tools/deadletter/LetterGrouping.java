package io.bywash.tools.deadletter;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Counts letters by exception class, in bounded memory whatever the letters say. Not thread-safe. */
final class LetterGrouping {
    private static final int MOST_GROUPS = 1_000;

    private final Map<String, LetterGroup> groups = new HashMap<>();

    void add(Letter letter) {
        String type = letter.error().type();
        String name = groups.containsKey(type) || groups.size() < MOST_GROUPS ? type : LetterGroup.OTHERS;
        Instant time = letter.time();
        groups.merge(
                name,
                new LetterGroup(
                        name, 1, time, time, handlers(letter), letter.error().message(), letter.position()),
                LetterGroup::and);
    }

    private static SortedSet<String> handlers(Letter letter) {
        return letter.handler().isEmpty() ? new TreeSet<>() : new TreeSet<>(List.of(letter.handler()));
    }

    List<LetterGroup> groups() {
        return LetterGroup.merged(groups.values());
    }
}
