package io.bywash.tools.deadletter;

import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts the letters of a redrive. What a transaction holds counts once it is committed. Not thread-safe. */
final class Tally {
    private final Map<Fate, Long> left = new EnumMap<>(Fate.class);
    private final SortedMap<String, Long> targets = new TreeMap<>();
    private long gone;
    private boolean stopped;

    /** Why a letter stays. */
    enum Fate {
        UNMATCHED,
        OVER_CAP,
        FOREIGN,
        INCOMPLETE,
        EXPIRED
    }

    void left(Fate why) {
        left.merge(why, 1L, Long::sum);
    }

    void gone(Map<String, Long> byTarget) {
        byTarget.forEach((topic, count) -> {
            targets.merge(topic, count, Long::sum);
            gone += count;
        });
    }

    void stopped() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    RedriveReport report() {
        long stay = left.values().stream().mapToLong(Long::longValue).sum();
        return new RedriveReport(
                targets,
                gone + stay,
                left.getOrDefault(Fate.UNMATCHED, 0L),
                left.getOrDefault(Fate.OVER_CAP, 0L),
                left.getOrDefault(Fate.FOREIGN, 0L),
                left.getOrDefault(Fate.INCOMPLETE, 0L),
                left.getOrDefault(Fate.EXPIRED, 0L),
                stopped);
    }
}
