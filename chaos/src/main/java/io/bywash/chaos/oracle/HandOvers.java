package io.bywash.chaos.oracle;

import io.bywash.chaos.worker.CommitText;
import io.bywash.chaos.worker.Mark;
import java.time.Duration;
import java.util.OptionalLong;

/** Tells which owners have handed their partition over in good order, so that the next one was told all that they knew. */
final class HandOvers {
    private static final long MICROS = 1_000;

    /** Longer than a worker has for its last commit of what it hands over. */
    private static final Duration LAST_COMMIT = Duration.ofSeconds(15);

    /** A new owner commits where it begins, and may do so just before its handler hears of the partition. */
    private static final long FIRST_COMMIT = 1_000_000;

    private final Evidence evidence;

    HandOvers(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Whether the last commit of the owner of a call should have told what became of its record. */
    boolean isHandedOver(Call call) {
        Ownership owner = call.owner();
        return owner.end() == Ownership.End.HANDED_OVER
                && evidence.text() == CommitText.KEPT
                && !isCutShort(owner)
                && !hasFailed(owner)
                && !isLate(call);
    }

    private boolean isCutShort(Ownership owner) {
        long end = endOfHandOver(owner);
        return evidence.faults().stream()
                .filter(fault -> fault.cutsShort() && fault.struck().equals(owner.worker()))
                .anyMatch(fault -> owner.over() <= fault.micros() && fault.micros() <= end);
    }

    /** Whether a commit failed while the last one was due, and none got through after it. */
    private boolean hasFailed(Ownership owner) {
        long end = endOfHandOver(owner);
        OptionalLong last = evidence.history().notes(Mark.COMMIT_FAILED).stream()
                .filter(note -> note.worker().equals(owner.worker()))
                .mapToLong(note -> note.line().micros())
                .filter(micros -> owner.over() <= micros && micros <= end)
                .max();
        return last.isPresent()
                && evidence.commits().stream()
                        .filter(commit -> commit.partition() == owner.partition())
                        .mapToLong(commit -> commit.millis() * MICROS)
                        .noneMatch(micros -> last.getAsLong() < micros && micros < owner.next() - FIRST_COMMIT);
    }

    /**
     * When the last commit was over at the latest: when its process told of the end of the rebalance that took the partition away. A process
     * that ends need not come to that.
     */
    private long endOfHandOver(Ownership owner) {
        return evidence.history().notes(Mark.RELEASED).stream()
                .filter(note ->
                        note.worker().equals(owner.worker()) && note.line().partition() == owner.partition())
                .mapToLong(note -> note.line().micros())
                .filter(micros -> micros >= owner.over())
                .reduce(owner.over() + LAST_COMMIT.toMillis() * MICROS, Math::min);
    }

    private boolean isLate(Call call) {
        return evidence.history().notes(Mark.LATE).stream()
                .anyMatch(note -> note.worker().equals(call.owner().worker()) && note.isAbout(call.at()));
    }
}
