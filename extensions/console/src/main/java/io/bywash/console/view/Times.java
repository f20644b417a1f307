package io.bywash.console.view;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How times are said: as ISO-8601 to the millisecond, and spans in milliseconds. */
final class Times {
    private static final DateTimeFormatter TO_THE_MILLISECOND =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private Times() {}

    /** All texts are of one length, so they sort as the times do. */
    static String text(Instant time) {
        return TO_THE_MILLISECOND.format(time);
    }

    static @Nullable String text(Optional<Instant> time) {
        return time.map(Times::text).orElse(null);
    }

    static long millisSince(Instant time) {
        return Math.max(0, Duration.between(time, Instant.now()).toMillis());
    }
}
