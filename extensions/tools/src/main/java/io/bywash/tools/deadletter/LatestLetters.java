package io.bywash.tools.deadletter;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the latest of many letters, bounded by number and by size. Not thread-safe. */
final class LatestLetters {
    private static final long MOST_BYTES = 32L << 20;
    private static final Comparator<Letter> OLDEST_FIRST = Comparator.comparing(Letter::time)
            .thenComparingInt(letter -> letter.record().partition())
            .thenComparingLong(letter -> letter.record().offset());

    private final PriorityQueue<Letter> letters = new PriorityQueue<>(OLDEST_FIRST);
    private final int limit;
    private long bytes;

    LatestLetters(int limit) {
        this.limit = limit;
    }

    void add(Letter letter) {
        letters.add(letter);
        bytes += letter.size();
        while (letters.size() > limit || bytes > MOST_BYTES && letters.size() > 1) {
            bytes -= letters.remove().size();
        }
    }

    List<Letter> oldestFirst() {
        return letters.stream().sorted(OLDEST_FIRST).toList();
    }
}
