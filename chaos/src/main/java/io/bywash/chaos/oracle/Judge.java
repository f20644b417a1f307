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
        Evidence evidence = Evidence.gather(run, faults);
        Findings findings = new Findings();
        Map<String, Integer> repeated = judge(evidence, findings);
        PauseMeter pauses = new PauseMeter(evidence.history(), faults);
        return new Verdict(
                faults.size(),
                evidence.visible().size(),
                repeated,
                evidence.letters().size(),
                evidence.history().notes(Mark.LATE).size(),
                pauses.longestOfUnaffected(),
                pauses.standstill(),
                Erased.of(evidence),
                findings.texts());
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
        return new RepeatJudge(evidence, findings).count();
    }
}
