package io.bywash.simulation.workload;

import java.time.Duration;

/**
 * How often calls of the handler go wrong for reasons that have nothing to do with the record. Rates go from 0 to 1.
 *
 * @param callFails a call throws
 * @param callSlow a call takes as long as {@code slowest}
 * @param ignoresInterrupts a call goes on although it is interrupted
 * @param noticeFails being told about a partition throws
 * @param stageHangs a stage completes only if it is cancelled
 * @param stageRepeats a stage says twice that it is complete
 * @param goesBack an application that reads for itself goes back instead of asking for a commit
 * @param slowest the longest that a call takes
 */
public record Troubles(
        double callFails,
        double callSlow,
        double ignoresInterrupts,
        double noticeFails,
        double stageHangs,
        double stageRepeats,
        double goesBack,
        Duration slowest) {

    /** A handler that works. */
    public static final Troubles NONE = new Troubles(0, 0, 0, 0, 0, 0, 0, Duration.ofMillis(30));
}
