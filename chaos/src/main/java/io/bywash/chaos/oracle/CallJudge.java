package io.bywash.chaos.oracle;

import io.bywash.chaos.worker.Mark;
import io.bywash.chaos.worker.WorkerOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Calls are made by owners only and of records alone that were there, and no record has more attempts than were ordered, nor the same one
 * twice under one owner, or under one that an owner has handed the partition over to who had counted it.
 */
final class CallJudge {
    private final Evidence evidence;
    private final Findings findings;
    private final Set<Position> known;
    private final HandOvers handOvers;
    private final Map<Position, List<History.Note>> counted = new HashMap<>();

    private CallJudge(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
        this.known = evidence.keys().keySet();
        this.handOvers = new HandOvers(evidence);
        evidence.history()
                .notes(Mark.ATTEMPT_COUNTED)
                .forEach(note -> counted.computeIfAbsent(
                                new Position(
                                        note.line().partition(), note.line().offset()),
                                at -> new ArrayList<>())
                        .add(note));
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
            boolean rises = before.succeeded() || call.attempt() > before.attempt();
            if (!rises && before.owner() == call.owner()) {
                findings.add("a failed attempt was not counted", before + " then " + call);
            } else if (!rises && isCounted(before, call) && isHandedOn(before, call)) {
                findings.add("a failed attempt was forgotten at a hand-over", before + " then " + call);
            }
        }
    }

    /** Whether the engine had counted an attempt before another owner made the next one. */
    private boolean isCounted(Call failed, Call next) {
        return counted.getOrDefault(failed.at(), List.of()).stream()
                .filter(note -> note.worker().equals(failed.owner().worker())
                        && note.line().attempt() == failed.attempt())
                .anyMatch(note -> failed.endMicros() <= note.line().micros()
                        && note.line().micros() < next.owner().begin());
    }

    /** Whether an owner had its partition from another, and all that this one knew. */
    private boolean isHandedOn(Call failed, Call next) {
        return failed.owner().next() == next.owner().begin() && handOvers.isHandedOver(failed);
    }
}
