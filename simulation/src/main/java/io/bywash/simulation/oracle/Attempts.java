package io.bywash.simulation.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often the handler was called for the records of a partition, as far as that can be known from outside: an attempt that was cut
 * short by the end of its ownership may count or not, and after a commit that failed nobody remembers.
 */
final class Attempts {
    private final Map<Long, Known> known = new HashMap<>();
    private final Map<Long, Known> before = new HashMap<>();

    /** The last call there was for a record, and what is known of it. */
    private record Known(int last, State state) {}

    private enum State {
        /** It counts as an attempt. */
        COUNTS,
        /** It counts, and no other can help. */
        HOPELESS,
        /** It counts or not. */
        MAY_COUNT,
        /** The record is complete by it, unless the call turns out to have been late. */
        COMPLETE,
        /** It does not count any more, since an operator had the record tried anew. */
        NONE
    }

    private Attempts() {}

    /** Begins with nothing to go by. */
    static Attempts unknown() {
        return new Attempts();
    }

    /** Begins with what the last owner handed over. */
    Attempts handedOver() {
        Attempts next = new Attempts();
        before.forEach(next.before::put);
        known.forEach((offset, last) -> {
            if (last.state() == State.COMPLETE || last.state() == State.NONE) {
                next.before.remove(offset);
            } else {
                next.before.put(offset, new Known(last.last(), State.MAY_COUNT));
            }
        });
        return next;
    }

    /**
     * Takes note of a call; tells what is wrong with its number, if anything is.
     *
     * @param offset the record
     * @param attempt the number it was given
     * @param told how many attempts the commit tells that this ownership began with
     */
    Optional<String> call(long offset, int attempt, int told) {
        Known last = known.put(offset, new Known(attempt, State.COUNTS));
        if (last == null) {
            Known handedOver = before.get(offset);
            if (handedOver != null && !follows(handedOver, attempt)) {
                return wrong(false, attempt, handedOver.last());
            }
            return wrong(attempt == told + 1, attempt, told);
        }
        if (last.state() == State.HOPELESS) {
            return Optional.of("attempt " + attempt + " is made, although no attempt can help");
        }
        return wrong(follows(last, attempt), attempt, last.last());
    }

    private static boolean follows(Known last, int attempt) {
        return switch (last.state()) {
            case COUNTS, HOPELESS -> attempt == last.last() + 1;
            case MAY_COUNT, COMPLETE -> attempt == last.last() + 1 || attempt == last.last();
            case NONE -> attempt == 1;
        };
    }

    private static Optional<String> wrong(boolean follows, int attempt, int last) {
        return follows ? Optional.empty() : Optional.of("attempt " + attempt + " follows attempt " + last);
    }

    /** Takes note of a call that counts as an attempt or not. */
    void mayCount(long offset, int attempt) {
        known.put(offset, new Known(attempt, State.MAY_COUNT));
    }

    /** Takes note that the last call for a record said that no other can help. */
    void hopeless(long offset) {
        known.computeIfPresent(offset, (record, last) -> new Known(last.last(), State.HOPELESS));
    }

    /**
     * Takes note that the last call for a record, which is over, may count as late, whatever came of it; if it was for others as well,
     * nobody knows which of them was late.
     */
    void mayBeLate(long offset) {
        known.computeIfPresent(
                offset,
                (record, last) -> last.state() == State.COUNTS || last.state() == State.HOPELESS
                        ? new Known(last.last(), State.MAY_COUNT)
                        : last);
    }

    /** Takes note that a record is complete. */
    void complete(long offset) {
        known.compute(offset, (record, last) -> new Known(last == null ? 0 : last.last(), State.COMPLETE));
    }

    /** Forgets a record that an operator has tried anew, or whose count a stop drops. */
    void forget(long offset) {
        known.compute(offset, (record, last) -> new Known(last == null ? 0 : last.last(), State.NONE));
    }

    /** Forgets the records from an offset on, which are no more. */
    void forgetFrom(long offset) {
        known.keySet().removeIf(record -> record >= offset);
        before.keySet().removeIf(record -> record >= offset);
    }

    /**
     * Tells whether a number may be that of the failed attempts at a record.
     *
     * @param offset the record
     * @param count the number
     * @param told how many attempts the commit tells that this ownership began with
     */
    boolean mayBe(long offset, int count, int told) {
        Known last = known.get(offset);
        if (last == null) {
            return count == told;
        }
        return count == last.last() || last.state() == State.MAY_COUNT && count == last.last() - 1;
    }

    /** Returns how many failed attempts at a record there were, as far as is known; the parameters are those of {@link #mayBe}. */
    int made(long offset, int told) {
        Known last = known.get(offset);
        return last == null ? told : last.last();
    }

    /**
     * Returns how many failed attempts at a record there may be at most.
     *
     * @param offset the record
     * @param begun how many there were before this ownership and were begun in it: one that cannot be decoded fails in silence
     */
    int most(long offset, int begun) {
        Known last = known.get(offset);
        return last == null || last.state() == State.NONE || last.state() == State.COMPLETE ? begun : last.last();
    }
}
