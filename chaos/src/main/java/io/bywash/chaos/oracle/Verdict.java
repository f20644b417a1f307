package io.bywash.chaos.oracle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the oracle says of a run.
 *
 * @param faults how many faults were injected
 * @param records how many records the final read found
 * @param repeated how often records were handled again after a success, by how the ownership ended under which that was
 * @param letters how many dead letters there are
 * @param late how many results came too late and were ignored
 * @param longestPause the longest time for which a partition stood still in a worker that no fault hit
 * @param standstill the longest time for which a partition stood still, whoever had it, near a fault
 * @param erased what the brokers acknowledged and erased
 * @param findings what must not be; empty if the run was in order
 */
public record Verdict(
        int faults,
        int records,
        Map<String, Integer> repeated,
        int letters,
        int late,
        Duration longestPause,
        Duration standstill,
        List<Erased> erased,
        List<String> findings) {

    /**
     * Counts all repetitions.
     *
     * @return the sum
     */
    public int repetitions() {
        return repeated.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * Counts what the brokers erased.
     *
     * @param fate what had become of it
     * @return how many records
     */
    public int erased(Erased.Fate fate) {
        return erased.stream()
                .filter(some -> some.fate() == fate)
                .mapToInt(Erased::count)
                .sum();
    }

    /**
     * Adds what the trial itself has found.
     *
     * @param more what must not be
     * @return a verdict with both
     */
    public Verdict with(List<String> more) {
        List<String> all = new ArrayList<>(findings);
        all.addAll(more);
        return new Verdict(
                faults, records, repeated, letters, late, longestPause, standstill, erased, List.copyOf(all));
    }

    /**
     * Puts two runs of the same trial together.
     *
     * @param other another run
     * @return sums, and the longer times
     */
    public Verdict and(Verdict other) {
        Map<String, Integer> all = new TreeMap<>(repeated);
        other.repeated.forEach((how, count) -> all.merge(how, count, Integer::sum));
        return new Verdict(
                        faults + other.faults,
                        records + other.records,
                        all,
                        letters + other.letters,
                        late + other.late,
                        longer(longestPause, other.longestPause),
                        longer(standstill, other.standstill),
                        Stream.concat(erased.stream(), other.erased.stream()).toList(),
                        findings)
                .with(other.findings);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
