package io.bywash.chaos.oracle;

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
 * @param holes how many offsets between two records it did not show
 * @param telling how many commits told what was complete beyond their offsets
 * @param repeated how often records were handled again after a success, by how the ownership ended under which that was and the last fault
 *     before the next one
 * @param letters how many dead letters there are
 * @param late how many results came too late and were ignored
 * @param delays the longest times
 * @param erased what the brokers acknowledged and erased
 * @param findings what must not be; empty if the run was in order
 */
public record Verdict(
        int faults,
        int records,
        long holes,
        long telling,
        Map<String, Integer> repeated,
        int letters,
        int late,
        Delays delays,
        List<Erased> erased,
        List<String> findings) {

    /**
     * Says of a run that was judged in another way what was found.
     *
     * @param faults how many faults were injected
     * @param findings what must not be
     * @return a verdict that tells nothing else
     */
    public static Verdict of(int faults, List<String> findings) {
        return new Verdict(faults, 0, 0, 0, Map.of(), 0, 0, Delays.NONE, List.of(), List.copyOf(findings));
    }

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
        return new Verdict(faults, records, holes, telling, repeated, letters, late, delays, erased, List.copyOf(all));
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
                        holes + other.holes,
                        telling + other.telling,
                        all,
                        letters + other.letters,
                        late + other.late,
                        delays.and(other.delays),
                        Stream.concat(erased.stream(), other.erased.stream()).toList(),
                        findings)
                .with(other.findings);
    }
}
