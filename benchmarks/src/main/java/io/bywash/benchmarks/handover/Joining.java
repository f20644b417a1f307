package io.bywash.benchmarks.handover;

import io.bywash.benchmarks.handover.Journal.Entry;
import io.bywash.benchmarks.load.Payload;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A third member joins two. How late records of a partition were handled tells how long it stood.
 *
 * @param steadyMillis the longest delay before, in any partition
 * @param retainedMillis the longest delay around the change in partitions that stayed where they were
 * @param movedMillis the longest delay around the change in partitions that went to another member
 * @param retained how many partitions stayed
 */
record Joining(double steadyMillis, double retainedMillis, double movedMillis, int retained) {
    private static final int SETTLE_SECONDS = 6;
    private static final int WINDOW_SECONDS = 6;

    static Joining run(Trial trial) throws IOException, InterruptedException {
        trial.join();
        trial.join();
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        long steadyFrom = Payload.nowMicros();
        TimeUnit.SECONDS.sleep(WINDOW_SECONDS);
        Map<Integer, Member> before = trial.owners();
        long changeFrom = Payload.nowMicros();
        trial.join();
        TimeUnit.SECONDS.sleep(WINDOW_SECONDS);
        Map<Integer, Member> after = trial.owners();
        Set<Integer> moved = new HashSet<>(before.keySet());
        moved.removeIf(partition -> Objects.equals(before.get(partition), after.get(partition)));
        Set<Integer> retained = before.keySet().stream()
                .filter(partition -> !moved.contains(partition))
                .collect(Collectors.toSet());
        return new Joining(
                longest(trial, before.keySet(), steadyFrom, changeFrom),
                longest(trial, retained, changeFrom, Long.MAX_VALUE),
                longest(trial, moved, changeFrom, Long.MAX_VALUE),
                retained.size());
    }

    private static double longest(Trial trial, Set<Integer> partitions, long from, long to) throws IOException {
        return trial.handled().stream()
                        .filter(entry -> partitions.contains(entry.partition()))
                        .filter(entry -> entry.micros() >= from && entry.micros() < to)
                        .mapToLong(Entry::delayMicros)
                        .max()
                        .orElse(0)
                / 1e3;
    }
}
