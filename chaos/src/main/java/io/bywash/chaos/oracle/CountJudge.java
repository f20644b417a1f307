package io.bywash.chaos.oracle;

import io.bywash.chaos.worker.Mark;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the engine of a process counted, which told it at an orderly end, is what its journal says: every call that succeeded was counted as
 * handled or as late, and nothing else was.
 */
final class CountJudge {
    private final Evidence evidence;
    private final Findings findings;

    private CountJudge(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
    }

    static void judge(Evidence evidence, Findings findings) {
        CountJudge judge = new CountJudge(evidence, findings);
        evidence.history().notes(Mark.COUNTED).forEach(judge::judge);
    }

    private void judge(History.Note counted) {
        List<History.Note> late = evidence.history().notes(Mark.LATE).stream()
                .filter(note -> note.worker().equals(counted.worker()))
                .toList();
        if (counted.line().attempt() != late.size()) {
            findings.add(
                    "late results counted otherwise than told",
                    counted.worker() + " counted " + counted.line().attempt() + " and told of " + late.size());
        }
        long handled = evidence.history().calls().stream()
                        .filter(call -> call.owner().worker().equals(counted.worker()) && call.succeeded())
                        .count()
                - late.stream().filter(this::succeeded).count();
        if (counted.line().offset() != handled) {
            findings.add(
                    "calls counted otherwise than made",
                    counted.worker() + " counted " + counted.line().offset() + ", and " + handled
                            + " succeeded in time");
        }
    }

    /** Whether the call that a late result is of had succeeded. */
    private boolean succeeded(History.Note late) {
        Optional<Call> call =
                evidence
                        .history()
                        .calls(new Position(late.line().partition(), late.line().offset()))
                        .stream()
                        .filter(one -> one.owner().worker().equals(late.worker()))
                        .filter(one -> one.endMicros() <= late.line().micros())
                        .max(Comparator.comparingLong(Call::endMicros));
        if (call.isEmpty()) {
            findings.add("a late result of no call", late.toString());
        }
        return call.filter(Call::succeeded).isPresent();
    }
}
