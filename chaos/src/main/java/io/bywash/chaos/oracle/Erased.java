package io.bywash.chaos.oracle;

import io.bywash.chaos.load.Produced;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Records in a row that the brokers acknowledged and erased.
 *
 * @param first the first of them
 * @param count how many there are
 * @param fate what had become of all of them by then
 */
public record Erased(Position first, int count, Fate fate) {

    /** What had become of a record when it was erased. */
    public enum Fate {
        /** It was handled. */
        HANDLED,
        /** Nobody had handled it. */
        NOT_HANDLED
    }

    /** All of a run, in the order of their places. */
    static List<Erased> of(Evidence evidence) {
        List<Erased> all = new ArrayList<>();
        evidence.gone()
                .sorted(Comparator.comparingInt(Produced::partition).thenComparingLong(Produced::offset))
                .map(record -> new Position(record.partition(), record.offset()))
                .map(at -> new Erased(at, 1, fate(evidence, at)))
                .forEach(one -> append(all, one));
        return all;
    }

    private static Fate fate(Evidence evidence, Position at) {
        return evidence.history().firstSuccess(at).isPresent() ? Fate.HANDLED : Fate.NOT_HANDLED;
    }

    private static void append(List<Erased> all, Erased one) {
        int last = all.size() - 1;
        if (last >= 0 && all.get(last).isBefore(one)) {
            Erased before = all.get(last);
            all.set(last, new Erased(before.first, before.count + 1, before.fate));
        } else {
            all.add(one);
        }
    }

    private boolean isBefore(Erased next) {
        return first.partition() == next.first.partition()
                && first.offset() + count == next.first.offset()
                && fate == next.fate;
    }
}
