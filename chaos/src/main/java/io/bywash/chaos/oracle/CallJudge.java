package io.bywash.chaos.oracle;

import io.bywash.chaos.worker.WorkerOptions;
import java.util.List;
import java.util.Set;

/**
 * Calls are made by owners only and of records alone that were there, and no record has more attempts than were ordered, nor the same one
 * twice under one owner.
 */
final class CallJudge {
    private final Evidence evidence;
    private final Findings findings;
    private final Set<Position> known;

    private CallJudge(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
        this.known = evidence.keys().keySet();
    }

    static void judge(Evidence evidence, Findings findings) {
        CallJudge judge = new CallJudge(evidence, findings);
        evidence.history().calls().forEach(judge::judge);
        evidence.history().byRecord().values().forEach(judge::judge);
    }

    private void judge(Call call) {
        if (call.start() > call.owner().over()) {
            findings.add("begun after the partition was given up", call.toString());
        } else if (call.end().isPresent() && call.endMicros() > call.owner().over()) {
            // Also of one that was lost: whoever has it by then, the handler hears of that after its last call.
            findings.add("ended after the partition was given up", call.toString());
        }
        if (!known.contains(call.at()) && !mayHaveGone(call.at())) {
            findings.add("a call for a record that was never there", call.toString());
        }
        if (call.attempt() > WorkerOptions.ATTEMPTS) {
            findings.add("more than " + WorkerOptions.ATTEMPTS + " attempts", call.toString());
        }
    }

    /** Whether a record that nobody was acknowledged may have been there all the same, until its log lost it. */
    private boolean mayHaveGone(Position at) {
        return !evidence.cuts().isEmpty() || at.offset() < evidence.begins().getOrDefault(at.partition(), 0L);
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
