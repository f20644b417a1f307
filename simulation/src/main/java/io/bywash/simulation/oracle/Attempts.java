package io.bywash.simulation.oracle;

import java.util.Optional;

/**
 * How often the handler was called for the first incomplete record of a partition, as far as that can be known from outside: an attempt
 * that was cut short by the end of its ownership may count or not, and after a commit that failed nobody remembers.
 */
final class Attempts {
    private Optional<Known> known;

    /** The last call there was for a record, and whether the next owner was told. */
    private record Known(long offset, int last, boolean certain) {}

    private Attempts(Optional<Known> known) {
        this.known = known;
    }

    /** Begins with nothing to go by. */
    static Attempts unknown() {
        return new Attempts(Optional.empty());
    }

    /** Begins with what the last owner handed over. */
    Attempts handedOver() {
        return new Attempts(known.map(last -> new Known(last.offset(), last.last(), false)));
    }

    /** Takes note of a call; tells what is wrong with its number, if anything is. */
    Optional<String> call(long offset, int attempt) {
        Optional<Known> before = known.filter(last -> last.offset() == offset);
        known = Optional.of(new Known(offset, attempt, true));
        if (before.isEmpty()) {
            return Optional.empty();
        }
        int last = before.get().last();
        boolean follows = attempt == last + 1 || (!before.get().certain() && attempt == last);
        return follows ? Optional.empty() : Optional.of("attempt " + attempt + " follows attempt " + last);
    }

    /** Forgets, since an operator had the record tried anew or a stop dropped the count. */
    void forget() {
        known = Optional.empty();
    }

    /** Returns the number of the last call for a record, if there was one. */
    int last(long offset) {
        return known.filter(last -> last.offset() == offset).map(Known::last).orElse(0);
    }
}
