package io.bywash.chaos.oracle;

import io.bywash.chaos.worker.Mark;
import java.time.Duration;

/**
 * A member that is taken for dead has a reason for its silence: a fault that cut it short, or one that hit everybody, and not long ago. One
 * that nothing has hit is heard of, whatever its handler does.
 */
final class EvictionJudge {
    /** As long as the longest session lasts, and some more for a member to find out on a busy machine. */
    private static final long SILENCE = Duration.ofSeconds(45).toNanos() / 1_000;

    /** How far what a process says of a failed rebalance may be from what its handler is told. */
    private static final long APART = Duration.ofSeconds(5).toNanos() / 1_000;

    private EvictionJudge() {}

    static void judge(Evidence evidence, Findings findings) {
        evidence.history().ownerships().stream()
                .filter(owner -> isEvicted(owner, evidence.history()))
                .filter(owner -> evidence.faults().stream().noneMatch(fault -> isReason(fault, owner)))
                .forEach(owner -> findings.add("a partition was lost without a fault", owner.toString()));
    }

    /** A partition that is given up in good order is lost as well to a call that ends after its time. */
    private static boolean isEvicted(Ownership owner, History history) {
        return owner.end() == Ownership.End.LOST
                && history.notes(Mark.REBALANCE_FAILED).stream()
                        .filter(note -> note.worker().equals(owner.worker()))
                        .anyMatch(note -> Math.abs(note.line().micros() - owner.over()) <= APART);
    }

    private static boolean isReason(Fault fault, Ownership lost) {
        return (fault.struck().isEmpty() || fault.cutsShort() && fault.touches(lost.worker()))
                && fault.micros() <= lost.over()
                && lost.over() - fault.over() <= SILENCE;
    }
}
