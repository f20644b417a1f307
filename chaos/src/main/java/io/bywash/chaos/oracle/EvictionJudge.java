package io.bywash.chaos.oracle;

import java.time.Duration;

/**
 * A member that is taken for dead has a reason for its silence: a fault that touched it, and not long ago. One that nothing has hit is heard
 * of, whatever its handler does.
 */
final class EvictionJudge {
    /** As long as the longest session lasts, and some more for a member to find out on a busy machine. */
    private static final long SILENCE = Duration.ofSeconds(45).toNanos() / 1_000;

    private EvictionJudge() {}

    static void judge(Evidence evidence, Findings findings) {
        evidence.history().ownerships().stream()
                .filter(owner -> owner.end() == Ownership.End.LOST)
                .filter(owner -> evidence.faults().stream().noneMatch(fault -> isReason(fault, owner)))
                .forEach(owner -> findings.add("a partition was lost without a fault", owner.toString()));
    }

    private static boolean isReason(Fault fault, Ownership lost) {
        return fault.touches(lost.worker()) && fault.micros() <= lost.over() && lost.over() - fault.over() <= SILENCE;
    }
}
