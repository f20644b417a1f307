package io.bywash.chaos.oracle;

import io.bywash.chaos.worker.Mark;
import java.io.IOException;
import java.util.List;

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
        LossJudge.judge(evidence, findings);
        OrderJudge.judge(evidence, findings);
        CommitJudge.judge(evidence, findings);
        CallJudge.judge(evidence, findings);
        JumpJudge.judge(evidence, findings);
        LetterJudge.judge(evidence, findings);
        RepeatJudge repeats = new RepeatJudge(evidence, findings);
        PauseMeter pauses = new PauseMeter(evidence.history(), faults);
        return new Verdict(
                faults.size(),
                evidence.visible().size(),
                repeats.count(),
                evidence.letters().size(),
                evidence.history().notes(Mark.LATE).size(),
                pauses.longestOfUnaffected(),
                pauses.standstill(),
                findings.texts());
    }
}
