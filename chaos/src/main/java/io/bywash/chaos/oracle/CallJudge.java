package io.bywash.chaos.oracle;

import io.bywash.chaos.worker.WorkerOptions;
import java.util.List;

/** Calls are made by owners only, and no record has more attempts than were ordered, nor the same one twice under one owner. */
final class CallJudge {
    private final Findings findings;

    private CallJudge(Findings findings) {
        this.findings = findings;
    }

    static void judge(Evidence evidence, Findings findings) {
        CallJudge judge = new CallJudge(findings);
        evidence.history().calls().forEach(judge::judge);
        evidence.history().byRecord().values().forEach(judge::judge);
    }

    private void judge(Call call) {
        if (call.start() > call.owner().over()) {
            findings.add("begun after the partition was given up", call.toString());
        }
        if (call.attempt() > WorkerOptions.ATTEMPTS) {
            findings.add("more than " + WorkerOptions.ATTEMPTS + " attempts", call.toString());
        }
    }

    private void judge(List<Call> calls) {
        for (int i = 1; i < calls.size(); i++) {
            Call before = calls.get(i - 1);
            Call call = calls.get(i);
            boolean counted = before.owner() != call.owner() || before.succeeded() || call.attempt() > before.attempt();
            if (!counted) {
                findings.add("a failed attempt was not counted", before + " then " + call);
            }
        }
    }
}
