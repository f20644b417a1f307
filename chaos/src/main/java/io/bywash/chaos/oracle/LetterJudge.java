package io.bywash.chaos.oracle;

import io.bywash.chaos.worker.Task.Nature;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The dead letters are the poison, byte for byte unless the broker found them too large; a second letter for a record comes from a second owner. */
final class LetterJudge {
    private LetterJudge() {}

    static void judge(Evidence evidence, Findings findings) {
        Set<Position> seen = new HashSet<>();
        for (Letter letter : evidence.letters()) {
            Entry source = evidence.visible().get(letter.source());
            if (source == null || !isPoison(source)) {
                findings.add("a dead letter of a record that is not poison", letter.toString());
            } else if (!source.value().equals(letter.value()) && source.value().length() != letter.omitted()) {
                findings.add("a dead letter with another value", letter + " of " + source);
            }
            if (!seen.add(letter.source()) && owners(evidence.history().calls(letter.source())) < 2) {
                findings.add("two dead letters of one owner", letter.toString());
            }
        }
        evidence.visible().forEach((at, entry) -> {
            if (isPoison(entry) && !seen.contains(at)) {
                findings.add("poison without a dead letter", at.toString());
            }
        });
    }

    private static long owners(List<Call> calls) {
        return calls.stream().map(Call::owner).distinct().count();
    }

    private static boolean isPoison(Entry entry) {
        return entry.value().contains(" " + Nature.POISON + " ");
    }
}
