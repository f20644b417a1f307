package io.bywash.benchmarks.handover;

import io.bywash.benchmarks.handover.Journal.Entry;
import io.bywash.benchmarks.load.Payload;
import io.bywash.benchmarks.report.Spread;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A third member joins two. How late records of a partition were handled tells how long it stood. All windows have the same length.
 *
 * @param steadyMillis the longest delay before, in partitions that stayed where they were: the median of several windows; NaN if none
 *     stayed
 * @param retainedMillis the longest delay in the same partitions in the window that begins with the change; NaN if none stayed
 * @param movedMillis the longest delay in that window in partitions that went to another member; NaN if none did
 * @param retained how many partitions stayed
 */
record Joining(double steadyMillis, double retainedMillis, double movedMillis, int retained) {
    private static final int SETTLE_SECONDS = 4;
    private static final int STEADY_WINDOWS = 3;
    private static final Duration WINDOW = Duration.ofSeconds(6);

    static Joining run(Trial trial) throws IOException, InterruptedException {
        trial.join();
        trial.join();
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        List<Window> steady = Window.consecutive(STEADY_WINDOWS, Payload.nowMicros(), WINDOW);
        steady.get(STEADY_WINDOWS - 1).awaitEnd();
        // Reading the journals takes the machine, so no window holds it.
        Map<Integer, Member> before = trial.owners();
        Window change = Window.of(Payload.nowMicros(), WINDOW);
        trial.join();
        change.awaitEnd();
        Trial.awaitOne(
                () -> change.isThrough(trial.handled(), before.keySet()),
                "not every partition of " + before.keySet() + " goes on when a member has joined");
        Map<Integer, Member> after = trial.owners();
        return of(trial.handled(), steady, change, before, after);
    }

    /** Sums up what was handled by members that are told by who owned each partition before the change and after it. */
    static <M> Joining of(
            Collection<Entry> handled,
            List<Window> steady,
            Window change,
            Map<Integer, M> before,
            Map<Integer, M> after) {
        Predicate<Integer> stayed = partition -> Objects.equals(before.get(partition), after.get(partition));
        Set<Integer> retained = before.keySet().stream().filter(stayed).collect(Collectors.toSet());
        Set<Integer> moved = before.keySet().stream().filter(stayed.negate()).collect(Collectors.toSet());
        double[] longest = steady.stream()
                .mapToDouble(window -> window.longestMillis(handled, retained))
                .toArray();
        return new Joining(
                Spread.of(longest).median(),
                change.longestMillis(handled, retained),
                change.longestMillis(handled, moved),
                retained.size());
    }

    /** Returns how many times as long as before the longest delay was in partitions that stayed; NaN if none did. */
    double overSteady() {
        return retainedMillis / steadyMillis;
    }
}
