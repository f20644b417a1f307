package io.bywash.dev;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.RecordPosition;
import io.bywash.runtime.BywashListener;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Tells the first dead letter of each kind with what the handler threw, and counts the others. May be used by the threads of all
 * consumers.
 */
final class DeadLetterNotes implements BywashListener {
    private static final int LONGEST = 200;

    private final PrintWriter out;
    private final Map<At, String> causes = new ConcurrentHashMap<>();
    private final Map<String, Integer> counts = new ConcurrentSkipListMap<>();

    private record At(String consumer, RecordPosition record) {}

    DeadLetterNotes(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void on(String consumer, GroupEvent event) {
        if (event instanceof GroupEvent.AttemptFailed failed && failed.next() == GroupEvent.NextStep.DEAD_LETTER) {
            causes.put(new At(consumer, failed.record()), text(failed.cause()));
        } else if (event instanceof GroupEvent.DeadLettered letter) {
            tell(consumer, letter);
        }
    }

    private void tell(String consumer, GroupEvent.DeadLettered letter) {
        String cause = Optional.ofNullable(causes.remove(new At(consumer, letter.record())))
                .orElse("an earlier owner of the partition knows why");
        int colon = cause.indexOf(':');
        String kind = consumer + ": " + (colon < 0 ? cause : cause.substring(0, colon));
        if (counts.merge(kind, 1, Integer::sum) == 1) {
            out.println("        " + consumer + ": " + letter.record() + " went to " + letter.topic() + " after "
                    + letter.attempts() + (letter.attempts() == 1 ? " attempt: " : " attempts: ") + cause);
        }
    }

    /** Says how many there were of each kind; nothing of those that came once, which have been told. */
    List<String> summary() {
        return counts.entrySet().stream()
                .filter(kind -> kind.getValue() > 1)
                .map(kind -> String.format(Locale.ROOT, "dead letters of %s: %,d", kind.getKey(), kind.getValue()))
                .toList();
    }

    private static String text(Throwable cause) {
        String line = cause.toString().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
