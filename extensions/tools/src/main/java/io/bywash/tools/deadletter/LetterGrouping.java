package io.bywash.tools.deadletter;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Counts letters by exception class, in bounded memory whatever the letters say. Not thread-safe. */
final class LetterGrouping {
    /** The group of all classes beyond the first thousand. No class has such a name. */
    static final String OTHERS = "(others)";

    private static final int MOST_GROUPS = 1_000;
    private static final int MOST_HANDLERS = 100;

    private final Map<String, LetterGroup> groups = new HashMap<>();

    void add(Letter letter) {
        String type = letter.error().type();
        String name = groups.containsKey(type) || groups.size() < MOST_GROUPS ? type : OTHERS;
        groups.put(name, with(name, groups.get(name), letter));
    }

    private static LetterGroup with(String name, @Nullable LetterGroup before, Letter letter) {
        Instant time = letter.time();
        String message = letter.error().message();
        if (before == null) {
            return new LetterGroup(name, 1, time, time, handlers(letter), message, letter.position());
        }
        SortedSet<String> handlers = new TreeSet<>(before.handlers());
        if (handlers.size() < MOST_HANDLERS) {
            handlers.addAll(handlers(letter));
        }
        return new LetterGroup(
                name,
                before.count() + 1,
                time.isBefore(before.oldest()) ? time : before.oldest(),
                time.isAfter(before.newest()) ? time : before.newest(),
                Collections.unmodifiableSortedSet(handlers),
                message,
                letter.position());
    }

    private static SortedSet<String> handlers(Letter letter) {
        return letter.handler().isEmpty() ? new TreeSet<>() : new TreeSet<>(List.of(letter.handler()));
    }

    List<LetterGroup> groups() {
        return groups.values().stream()
                .sorted(Comparator.comparingLong(LetterGroup::count).reversed().thenComparing(LetterGroup::type))
                .toList();
    }
}
