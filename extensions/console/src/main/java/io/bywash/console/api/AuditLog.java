package io.bywash.console.api;

import io.bywash.console.http.Caller;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who did what. Kept here for the page, and written to the log {@code io.bywash.console.audit} for good. Guarded by itself. */
final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.bywash.console.audit");
    private static final int MOST = 1_000;
    private static final int LONGEST = 1_000;
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+");

    private final Deque<Entry> entries = new ArrayDeque<>();

    /**
     * An action.
     *
     * @param at when
     * @param user who
     * @param remote from where
     * @param action what
     * @param target to what
     * @param outcome what came of it
     */
    record Entry(String at, String user, String remote, String action, String target, String outcome) {}

    void add(Caller caller, String action, String target, String outcome) {
        Entry entry = new Entry(
                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                caller.user(),
                caller.remote(),
                action,
                line(target),
                line(outcome));
        LOG.info("{} from {}: {} {}: {}", entry.user, entry.remote, action, entry.target, entry.outcome);
        synchronized (this) {
            if (entries.size() == MOST) {
                entries.removeLast();
            }
            entries.addFirst(entry);
        }
    }

    /** What was asked for may be any text, and must not look like an entry of its own. */
    private static String line(String text) {
        String line = NO_TEXT.matcher(text).replaceAll(" ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /** Returns the latest actions, the newest first. */
    synchronized List<Entry> newestFirst() {
        return Collections.unmodifiableList(new ArrayList<>(entries));
    }
}
