package io.bywash.chaos.oracle;

import io.bywash.chaos.worker.Mark;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the engine of a process counted, which told it at an orderly end, is what its journal says: every call that succeeded was counted as
 * handled or as late, and nothing else was. Late is what succeeded although the process must have known by then that its partition was gone.
 * By then it has told its handler of every partition that it is gone.
 */
final class CountJudge {
    private static final long AFTER_BEING_TOLD = 1_000_000;

    private final Evidence evidence;
    private final Findings findings;

    private CountJudge(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
    }

    static void judge(Evidence evidence, Findings findings) {
        CountJudge judge = new CountJudge(evidence, findings);
        evidence.history().notes(Mark.COUNTED).forEach(judge::judge);
        evidence.history()
                .notes(Mark.EVENTS_DROPPED)
                .forEach(note -> findings.add("events that the journal lacks", note.toString()));
    }

    private void judge(History.Note counted) {
        judgeEnds(counted.worker());
        List<History.Note> late = evidence.history().notes(Mark.LATE).stream()
                .filter(note -> note.worker().equals(counted.worker()))
                .toList();
        List<Call> succeeded = evidence.history().calls().stream()
                .filter(call -> call.owner().worker().equals(counted.worker()) && call.succeeded())
                .toList();
        if (counted.line().attempt() != late.size()) {
            findings.add(
                    "late results counted otherwise than told",
                    counted.worker() + " counted " + counted.line().attempt() + " and told of " + late.size());
        }
        long handled = succeeded.size() - late.stream().filter(this::succeeded).count();
        if (counted.line().offset() != handled) {
            findings.add(
                    "calls counted otherwise than made",
                    counted.worker() + " counted " + counted.line().offset() + ", and " + handled
                            + " succeeded in time");
        }
        succeeded.stream()
                .filter(this::isLate)
                .filter(call -> late.stream().noneMatch(note -> isOf(note, call)))
                .forEach(call -> findings.add("a late result was taken for one in time", call.toString()));
    }

    /** Of a process that was killed after its last word nobody knows what else it would have said. */
    private void judgeEnds(String worker) {
        boolean killed = evidence.faults().stream()
                .anyMatch(fault ->
                        fault.kind().equals(Fault.KILL) && fault.struck().equals(worker));
        evidence.history().ownerships().stream()
                .filter(owner -> !killed && owner.worker().equals(worker) && owner.end() == Ownership.End.KILLED)
                .forEach(owner ->
                        findings.add("an orderly end without a word of what becomes of a partition", owner.toString()));
    }

    private static boolean isOf(History.Note late, Call call) {
        return late.isAbout(call.at()) && late.line().micros() >= call.endMicros();
    }

    /** Whether a process must have known that a partition was gone when a call came to its end. */
    private boolean isLate(Call call) {
        Ownership owner = call.owner();
        return call.endMicros() - owner.over() > AFTER_BEING_TOLD || call.endMicros() > evidence.mustKnow(owner);
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
