package io.bywash.chaos.oracle;

import io.bywash.chaos.worker.Mark;
import io.bywash.chaos.worker.Task.Nature;
import io.bywash.chaos.worker.WorkerOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The dead letters are the poison, byte for byte unless the brokers were told to find them too large. None comes before the attempts are
 * used up; a second letter for a record comes from a second owner.
 */
final class LetterJudge {
    private static final long MICROS = 1_000;
    private static final Duration EARLY = Duration.ofSeconds(2);

    /** As long as the brokers refuse, and until a letter that was refused is tried again. */
    private static final Duration SPELL = Duration.ofSeconds(15);

    private final Evidence evidence;
    private final Findings findings;
    private final CommitHistory commits;

    private LetterJudge(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
        this.commits = new CommitHistory(evidence.commits());
    }

    static void judge(Evidence evidence, Findings findings) {
        new LetterJudge(evidence, findings).judge();
    }

    private void judge() {
        Map<Position, Integer> seen = new HashMap<>();
        for (Letter letter : evidence.letters()) {
            Entry source = evidence.visible().get(letter.source());
            if (source == null || !isPoison(source)) {
                findings.add("a dead letter of a record that is not poison", letter.toString());
            } else {
                compare(letter, source);
                if (lastFailure(letter) >= taken(letter)) {
                    findings.add("a dead letter before the attempts were used up", letter.toString());
                }
            }
            int count = seen.merge(letter.source(), 1, Integer::sum);
            if (count > 1 && count > owners(letter)) {
                findings.add("two dead letters of one owner", letter.toString());
            }
        }
        evidence.visible().forEach((at, entry) -> {
            if (isPoison(entry) && !seen.containsKey(at)) {
                findings.add("poison without a dead letter", at.toString());
            }
        });
    }

    private void compare(Letter letter, Entry source) {
        Entry content = letter.content();
        if (letter.omitted() < 0) {
            if (!content.equals(source)) {
                findings.add("a dead letter with another content", letter + " of " + source);
            }
            return;
        }
        boolean same = source.value().length() == letter.omitted() && source.timestamp() == content.timestamp();
        if (!same || !wasFoundTooLarge(letter)) {
            findings.add("a dead letter without its value", letter + " of " + source);
        }
    }

    private boolean wasFoundTooLarge(Letter letter) {
        long micros = letter.millis() * MICROS;
        return evidence.faults().stream()
                .filter(fault -> fault.kind().equals(Fault.TOO_LARGE))
                .anyMatch(fault -> micros > fault.micros() - EARLY.toMillis() * MICROS
                        && micros < fault.micros() + SPELL.toMillis() * MICROS);
    }

    /**
     * How many may have written the letter by its time, of those who were not told that the record is complete, nor must have known that the
     * partition is somebody else's. Who has it after the first whose last attempt failed learns from the commit that none is left, and writes
     * a letter without a call.
     */
    private long owners(Letter letter) {
        long first = lastFailure(letter);
        return evidence.history().ownerships().stream()
                .filter(one -> one.partition() == letter.source().partition())
                .filter(one -> over(one) >= first && one.begin() < taken(letter))
                .filter(one -> letter.millis() * MICROS <= evidence.mustKnow(one))
                .filter(one -> !commits.told(one, letter.source()))
                .count();
    }

    /** By when the broker had taken a letter at the latest: its time has milliseconds. */
    private static long taken(Letter letter) {
        return (letter.millis() + 1) * MICROS;
    }

    /** When the last attempt at the record of a letter failed first; never if none did. */
    private long lastFailure(Letter letter) {
        return evidence.history().calls(letter.source()).stream()
                .filter(call -> call.attempt() >= WorkerOptions.ATTEMPTS)
                .flatMap(call -> call.end().stream())
                .filter(end -> end.mark() == Mark.FAILED)
                .mapToLong(Call.End::micros)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** When an ownership ended, be it by a kill, of which no journal tells. */
    private long over(Ownership owner) {
        return evidence.faults().stream()
                .filter(fault ->
                        fault.kind().equals(Fault.KILL) && fault.struck().equals(owner.worker()))
                .mapToLong(Fault::micros)
                .reduce(owner.over(), Math::min);
    }

    private static boolean isPoison(Entry entry) {
        return entry.value().contains(" " + Nature.POISON + " ");
    }
}
