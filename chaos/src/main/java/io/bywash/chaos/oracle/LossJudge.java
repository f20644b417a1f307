package io.bywash.chaos.oracle;

import io.bywash.chaos.load.Produced;
import java.util.Set;
import java.util.stream.Collectors;

/** Nothing is lost: what the brokers have was handled or dead-lettered, and what they acknowledged they have. */
final class LossJudge {
    private LossJudge() {}

    static void judge(Evidence evidence, Findings findings) {
        Set<Position> letters = evidence.letters().stream().map(Letter::source).collect(Collectors.toSet());
        for (Position at : evidence.visible().keySet()) {
            boolean handled = evidence.history().calls(at).stream().anyMatch(Call::succeeded);
            if (!handled && !letters.contains(at)) {
                findings.add("lost", at.toString());
            }
        }
        if (evidence.keeping() == Keeping.EVERYTHING) {
            evidence.acknowledged().stream()
                    .map(record -> new Position(record.partition(), record.offset()))
                    .filter(at -> at.offset() >= evidence.begins().getOrDefault(at.partition(), 0L))
                    .filter(at -> !evidence.visible().containsKey(at))
                    .forEach(at -> findings.add("acknowledged, but not in the log", at.toString()));
        }
        evidence.acknowledged().forEach(record -> compare(record, evidence, findings));
    }

    private static void compare(Produced record, Evidence evidence, Findings findings) {
        Position at = new Position(record.partition(), record.offset());
        Entry found = evidence.visible().get(at);
        String value = Entry.brief(record.task().bytes());
        if (found != null && !(found.key().equals(record.key()) && found.value().equals(value))) {
            findings.add("another record than was acknowledged", at + " is " + found + ", not " + record);
        }
    }
}
