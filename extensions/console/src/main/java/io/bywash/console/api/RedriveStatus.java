package io.bywash.console.api;

import io.bywash.tools.deadletter.RedriveReport;
import org.jspecify.annotations.Nullable;

/**
 * How a redrive gets on.
 *
 * @param id its name
 * @param consumer whose letters
 * @param dryRun whether it only counts
 * @param state where it is
 * @param matched letters that are meant
 * @param redriven letters that went back, or would
 * @param leftOut letters that are meant and do not go back: too often redriven, of another group, incomplete, or older than their topic
 *     keeps records
 * @param error why it failed
 */
record RedriveStatus(
        String id,
        String consumer,
        boolean dryRun,
        State state,
        long matched,
        long redriven,
        long leftOut,
        @Nullable String error) {

    /** Where a redrive is. */
    enum State {
        /** Under way. */
        RUNNING,
        /** All letters there were are seen to. */
        DONE,
        /** It was asked to stop; what is counted has gone back. */
        STOPPED,
        /** It ended early; what is counted has gone back. */
        FAILED
    }

    static RedriveStatus begun(String id, String consumer, boolean dryRun) {
        return new RedriveStatus(id, consumer, dryRun, State.RUNNING, 0, 0, 0, null);
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    RedriveStatus plus(RedriveReport report) {
        return new RedriveStatus(
                id,
                consumer,
                dryRun,
                state,
                matched + report.examined() - report.unmatched(),
                redriven + report.redriven(),
                leftOut + report.overCap() + report.foreign() + report.incomplete() + report.expired(),
                error);
    }

    RedriveStatus done() {
        return ended(State.DONE, null);
    }

    RedriveStatus stopped() {
        return ended(State.STOPPED, null);
    }

    RedriveStatus failed(String why) {
        return ended(State.FAILED, why);
    }

    private RedriveStatus ended(State how, @Nullable String why) {
        return new RedriveStatus(id, consumer, dryRun, how, matched, redriven, leftOut, why);
    }

    String outcome() {
        return state + ", " + redriven + " went back, " + leftOut + " did not" + (error == null ? "" : ": " + error);
    }
}
