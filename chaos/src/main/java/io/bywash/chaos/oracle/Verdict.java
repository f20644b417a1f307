package io.bywash.chaos.oracle;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the oracle says of a run.
 *
 * @param records how many records the final read found
 * @param repeated how often records were handled again after a success, by how the ownership ended under which that was
 * @param letters how many dead letters there are
 * @param late how many results came too late and were ignored
 * @param longestPause the longest time for which a partition stood still in a worker that no fault hit
 * @param recovery the longest time from a fault until every partition had begun a record again
 * @param findings what must not be; empty if the run was in order
 */
public record Verdict(
        int records,
        Map<String, Integer> repeated,
        int letters,
        int late,
        Duration longestPause,
        Duration recovery,
        List<String> findings) {

    /**
     * Counts all repetitions.
     *
     * @return the sum
     */
    public int repetitions() {
        return repeated.values().stream().mapToInt(Integer::intValue).sum();
    }
}
