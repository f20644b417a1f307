package io.bywash.console.api;

import io.bywash.console.http.Refusal;
import io.bywash.tools.deadletter.LetterFilter;
import java.time.Instant;
import java.util.Optional;

/** Which letters a request means. */
final class Filters {
    private Filters() {}

    static LetterFilter of(Parameters query) {
        return within(
                LetterFilter.ALL
                        .withException(query.optional("exception"))
                        .withKey(query.optional("key"))
                        .withHandler(query.optional("handler")),
                query.time("from"),
                query.time("to"));
    }

    static LetterFilter within(LetterFilter filter, Optional<Instant> from, Optional<Instant> to) {
        try {
            return filter.withTimes(from, to);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.BAD_REQUEST, "no letters can be meant", String.valueOf(e.getMessage()));
        }
    }
}
