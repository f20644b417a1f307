package io.bywash.tools.deadletter;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a redrive did, or would do, counted letter by letter. Every letter that was examined is in exactly one of the other counts.
 *
 * @param targets by topic, how many letters went there
 * @param examined the letters that were there at the start and had not gone back before
 * @param unmatched those that the filter does not mean
 * @param overCap those that have come back as often as one may
 * @param foreign those that name another group or a topic the consumer does not read, so that nobody knows where they belong
 * @param incomplete those whose value or key was too large for the dead-letter topic and is not there to be sent back
 * @param expired those that are older than their target keeps records, which might be gone before anybody has read them
 * @param stopped whether it was asked to stop, and letters may be left that nobody has looked at
 */
public record RedriveReport(
        SortedMap<String, Long> targets,
        long examined,
        long unmatched,
        long overCap,
        long foreign,
        long incomplete,
        long expired,
        boolean stopped) {

    /** Copies the map. */
    public RedriveReport {
        targets = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(targets));
    }

    /**
     * Returns how many letters went back.
     *
     * @return the number
     */
    public long redriven() {
        return targets.values().stream().mapToLong(Long::longValue).sum();
    }
}
