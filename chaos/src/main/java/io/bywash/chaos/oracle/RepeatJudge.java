package io.bywash.chaos.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every repetition is explained: it was made under another ownership than all that completed the record before it, none of those was
 * handed over in good order, and what was committed when the new ownership began, by offset or beside it, did not cover the record.
 */
final class RepeatJudge {
    private static final long MICROS = 1_000;

    private final Evidence evidence;
    private final Findings findings;
    private final CommitHistory commits;
    private final HandOvers handOvers;
    private final Map<String, Integer> explained = new TreeMap<>();

    RepeatJudge(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
        this.commits = new CommitHistory(evidence.commits());
        this.handOvers = new HandOvers(evidence);
        evidence.history().byRecord().values().forEach(this::judge);
    }

    Map<String, Integer> count() {
        return explained;
    }

    private void judge(List<Call> calls) {
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            boolean again = evidence.completed(call.at())
                    .filter(micros -> micros < call.start())
                    .isPresent();
            if (again && commits.told(call.owner(), call.at())) {
                findings.add("handled again although the commit covered it", call.toString());
            } else {
                judge(completedBefore(call, calls.subList(0, i)), call);
            }
        }
    }

    /** The calls that the record was complete with when another began: those that succeeded, and that before its dead letter. */
    private List<Call> completedBefore(Call again, List<Call> before) {
        List<Call> completed =
                new ArrayList<>(before.stream().filter(Call::succeeded).toList());
        Optional.ofNullable(evidence.letterTimes().get(again.at()))
                .filter(letter -> letter + MICROS < again.start())
                .flatMap(letter -> letterOf(before, letter))
                .ifPresent(completed::add);
        return completed;
    }

    /** The last call before a dead letter; nothing if several owners could have written it. */
    private static Optional<Call> letterOf(List<Call> calls, long letter) {
        List<Call> before =
                calls.stream().filter(call -> call.start() < letter + MICROS).toList();
        boolean certain = before.stream().map(Call::owner).distinct().count() == 1;
        return certain ? Optional.of(before.get(before.size() - 1)) : Optional.empty();
    }

    private void judge(List<Call> completed, Call again) {
        Optional<Call> same =
                completed.stream().filter(call -> call.owner() == again.owner()).findFirst();
        Optional<Call> handedOver = completed.stream()
                .filter(call -> !isOutdated(call.owner(), again.owner()) && handOvers.isHandedOver(call))
                .findFirst();
        if (same.isPresent()) {
            findings.add("handled again by the same owner", same.get() + " then " + again);
        } else if (handedOver.isPresent()) {
            findings.add("handled again although it was handed over", handedOver.get() + " then " + again);
        } else if (!completed.isEmpty()) {
            explained.merge(explanation(completed.get(0).owner(), again.owner()), 1, Integer::sum);
        }
    }

    private String explanation(Ownership first, Ownership second) {
        String how = isOutdated(first, second) ? "outdated owner" : first.end().text();
        long moved = Math.max(first.begin(), second.begin());
        return how
                + lastFault(moved, first)
                        .map(fault -> " (after " + fault.kind() + ")")
                        .orElse("");
    }

    /** The last fault before a time, of those that touched an owner if there is one. */
    private Optional<Fault> lastFault(long micros, Ownership owner) {
        List<Fault> before = evidence.faults().stream()
                .filter(fault -> fault.micros() <= micros)
                .toList();
        return before.stream()
                .filter(fault -> fault.touches(owner.worker()))
                .reduce((earlier, later) -> later)
                .or(() -> before.stream().reduce((earlier, later) -> later));
    }

    private static boolean isOutdated(Ownership first, Ownership second) {
        return second.begin() < first.begin();
    }
}
