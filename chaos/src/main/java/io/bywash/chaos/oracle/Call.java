package io.bywash.chaos.oracle;

import io.bywash.chaos.worker.Mark;
import java.util.Optional;

/**
 * A call of the handler.
 *
 * @param owner the ownership it was made under
 * @param at its record
 * @param attempt its attempt
 * @param start when it began, in microseconds since 1970
 * @param end how and when it ended; nothing if it was cut off
 */
record Call(Ownership owner, Position at, int attempt, long start, Optional<End> end) {

    /** How and when a call ended. */
    record End(Mark mark, long micros) {}

    boolean succeeded() {
        return end.isPresent() && end.get().mark() == Mark.OK;
    }

    long endMicros() {
        return end.map(End::micros).orElse(Long.MAX_VALUE);
    }
}
