package io.bywash.tools.deadletter;

import io.bywash.core.event.RecordPosition;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Dead letters with the same exception class.
 *
 * @param type the class
 * @param count how many there are
 * @param oldest the earliest timestamp of an original
 * @param newest the latest timestamp of an original
 * @param handlers the handlers that failed
 * @param sample the message of the last of them
 * @param last where the last of them stands
 */
public record LetterGroup(
        String type,
        long count,
        Instant oldest,
        Instant newest,
        SortedSet<String> handlers,
        String sample,
        RecordPosition last) {

    /** Stands for the classes beyond the first thousand, which share a group. No class has such a name. */
    public static final String OTHERS = "(others)";

    private static final int MOST_HANDLERS = 100;

    /** Copies the handlers. */
    public LetterGroup {
        handlers = Collections.unmodifiableSortedSet(new TreeSet<>(handlers));
    }

    /**
     * Tells whether the letters are of several classes, so that no filter means them all.
     *
     * @return whether this is the group of the classes beyond the first thousand
     */
    public boolean isOfSeveral() {
        return type.equals(OTHERS);
    }

    /**
     * Brings groups of several topics together, as a filter takes letters whatever topic they are in.
     *
     * @param groups groups, of which several may have the same class
     * @return one group for each class, the most frequent first
     */
    public static List<LetterGroup> merged(Collection<LetterGroup> groups) {
        Map<String, LetterGroup> byType = new HashMap<>();
        groups.forEach(group -> byType.merge(group.type, group, LetterGroup::and));
        return byType.values().stream()
                .sorted(Comparator.comparingLong(LetterGroup::count).reversed().thenComparing(LetterGroup::type))
                .toList();
    }

    /** Adds letters that were read after these. Of very many handlers some are left out. */
    LetterGroup and(LetterGroup later) {
        SortedSet<String> all = new TreeSet<>(handlers);
        if (all.size() < MOST_HANDLERS) {
            all.addAll(later.handlers);
        }
        return new LetterGroup(
                type,
                count + later.count,
                later.oldest.isBefore(oldest) ? later.oldest : oldest,
                later.newest.isAfter(newest) ? later.newest : newest,
                all,
                later.sample,
                later.last);
    }
}
