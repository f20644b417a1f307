package io.bywash.simulation.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often the handler was called for the incomplete records of a partition, as far as that can be known from outside: an attempt
 * that was cut short by the end of its ownership may count or not, and after a commit that failed nobody remembers.
 */
final class Attempts {
    private final Map<Long, Known> known = new HashMap<>();

    /** The last call there was for a record, and whether it counts for sure. */
    private record Known(int last, boolean certain) {}

    private Attempts() {}

    /** Begins with nothing to go by. */
    static Attempts unknown() {
        return new Attempts();
    }

    /** Begins with what the last owner handed over. */
    Attempts handedOver() {
        Attempts next = new Attempts();
        known.forEach((offset, last) -> next.known.put(offset, new Known(last.last(), false)));
        return next;
    }

    /** Takes note of a call; tells what is wrong with its number, if anything is. */
    Optional<String> call(long offset, int attempt) {
        Known before = known.put(offset, new Known(attempt, true));
        if (before == null) {
            return Optional.empty();
        }
        boolean follows = attempt == before.last() + 1 || (!before.certain() && attempt == before.last());
        return follows ? Optional.empty() : Optional.of("attempt " + attempt + " follows attempt " + before.last());
    }

    /** Takes note of a call that counts as an attempt or not. */
    void mayCount(long offset, int attempt) {
        known.put(offset, new Known(attempt, false));
    }

    /** Forgets a record that is complete, or that an operator had tried anew, or whose count a stop dropped. */
    void forget(long offset) {
        known.remove(offset);
    }

    /** Forgets the records from an offset on, which are no more. */
    void forgetFrom(long offset) {
        known.keySet().removeIf(record -> record >= offset);
    }
}
