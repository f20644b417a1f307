package io.bywash.simulation;

import io.bywash.simulation.oracle.Tally;
import java.time.Duration;

/**
 * What a run came to that showed nothing wrong.
 *
 * @param seed what decided it
 * @param steps how many steps were taken
 * @param time how much virtual time passed
 * @param tally what happened, in numbers
 * @param trace what happened, line by line
 */
public record Outcome(long seed, long steps, Duration time, Tally tally, String trace) {

    /** Returns the same without the trace, which is most of it. */
    Outcome withoutTrace() {
        return new Outcome(seed, steps, time, tally, "");
    }
}
