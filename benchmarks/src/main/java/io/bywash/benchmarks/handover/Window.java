package io.bywash.benchmarks.handover;

import io.bywash.benchmarks.handover.Journal.Entry;
import io.bywash.benchmarks.load.Payload;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A stretch of time. A record belongs to the one it was due in, whenever it was handled: under a steady load windows of one length then
 * hold equally many records, so that the longest delays of two can be compared.
 *
 * @param from its beginning, in microseconds since 1970
 * @param to its end, which does not belong to it
 */
record Window(long from, long to) {

    static Window of(long from, Duration length) {
        return new Window(from, from + length.toNanos() / 1_000);
    }

    /** Returns windows of one length, each of which begins where the one before ends. */
    static List<Window> consecutive(int count, long from, Duration length) {
        return LongStream.range(0, count)
                .mapToObj(index -> of(from + index * length.toNanos() / 1_000, length))
                .toList();
    }

    /** Returns the longest delay of those of its records that are in these partitions, in milliseconds; NaN if there is none. */
    double longestMillis(Collection<Entry> handled, Set<Integer> partitions) {
        return handled.stream()
                        .filter(entry -> partitions.contains(entry.partition()))
                        .filter(entry -> entry.dueMicros() >= from && entry.dueMicros() < to)
                        .mapToDouble(Entry::delayMicros)
                        .max()
                        .orElse(Double.NaN)
                / 1e3;
    }

    /** Tells whether in each of these partitions a record was handled that was due after the end: those before are through. */
    boolean isThrough(Collection<Entry> handled, Set<Integer> partitions) {
        return handled.stream()
                .filter(entry -> entry.dueMicros() >= to)
                .map(Entry::partition)
                .collect(Collectors.toSet())
                .containsAll(partitions);
    }

    void awaitEnd() throws InterruptedException {
        TimeUnit.MICROSECONDS.sleep(to - Payload.nowMicros());
    }
}
