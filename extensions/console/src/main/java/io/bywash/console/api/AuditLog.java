package io.bywash.console.api;

import io.bywash.console.http.Caller;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who did what, and who was refused. Kept here for the page, and written to the log {@code io.bywash.console.audit} for good. To be
 * refused takes no role, so refusals have a place of their own, or whoever may only read could push out what others did. Guarded by
 * itself.
 */
final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.bywash.console.audit");
    private static final int MOST = 1_000;
    private static final int LONGEST = 1_000;
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+");

    private final Deque<Kept> actions = new ArrayDeque<>();
    private final Deque<Kept> refusals = new ArrayDeque<>();
    private long count;

    /** An entry and how many there were before it. */
    private record Kept(long number, Entry entry) {}

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
        keep(actions, written(caller, action, target, outcome));
    }

    /** Somebody's role was not enough for what was asked for, as method and path. */
    void refused(Caller caller, String request) {
        keep(refusals, written(caller, "refused", request, "role " + caller.role() + " is not enough"));
    }

    private static Entry written(Caller caller, String action, String target, String outcome) {
        Entry entry = new Entry(
                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                caller.user(),
                caller.remote(),
                action,
                line(target),
                line(outcome));
        LOG.info("{} from {}: {} {}: {}", entry.user, entry.remote, action, entry.target, entry.outcome);
        return entry;
    }

    private synchronized void keep(Deque<Kept> kept, Entry entry) {
        if (kept.size() == MOST) {
            kept.removeLast();
        }
        kept.addFirst(new Kept(count++, entry));
    }

    /** What was asked for may be any text, and must not look like an entry of its own. */
    private static String line(String text) {
        String line = NO_TEXT.matcher(text).replaceAll(" ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /** Returns the latest actions and the latest refusals, the newest first. */
    synchronized List<Entry> newestFirst() {
        return Stream.concat(actions.stream(), refusals.stream())
                .sorted(Comparator.comparingLong(Kept::number).reversed())
                .map(Kept::entry)
                .toList();
    }
}
