package io.bywash.chaos.oracle;

import io.bywash.chaos.worker.Mark;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Judges a run that is over. */
public final class Judge {
    private Judge() {}

    /**
     * Judges a run.
     *
     * @param run where its evidence is
     * @param faults what was done to it
     * @return the verdict
     * @throws IOException if a journal cannot be read
     */
    public static Verdict judge(Case run, List<Fault> faults) throws IOException {
        Findings findings = new Findings();
        Evidence evidence = Evidence.gather(run, faults, findings);
        Map<String, Integer> repeated = judge(evidence, findings);
        return new Verdict(
                faults.size(),
                evidence.visible().size(),
                evidence.holes(),
                evidence.commits().stream().filter(Commit::tells).count(),
                repeated,
                evidence.letters().size(),
                evidence.history().notes(Mark.LATE).size(),
                delays(evidence),
                Erased.of(evidence),
                findings.texts());
    }

    static Delays delays(Evidence evidence) {
        PauseMeter pauses = new PauseMeter(evidence.history(), evidence.faults());
        return new Delays(
                pauses.longestOfUnaffected(),
                pauses.standstill(),
                pauses.longestHandOver(),
                pauses.longestRevocation(),
                new RecoveryMeter(evidence).longest());
    }

    /** Asks all judges; returns how often records were handled again, by the reason. */
    static Map<String, Integer> judge(Evidence evidence, Findings findings) {
        LossJudge.judge(evidence, findings);
        OrderJudge.judge(evidence, findings);
        CommitJudge.judge(evidence, findings);
        CallJudge.judge(evidence, findings);
        JumpJudge.judge(evidence, findings);
        CountJudge.judge(evidence, findings);
        LetterJudge.judge(evidence, findings);
        EvictionJudge.judge(evidence, findings);
        return new RepeatJudge(evidence, findings).count();
    }
}
