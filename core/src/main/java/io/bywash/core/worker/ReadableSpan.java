package io.bywash.core.worker;

import java.time.Duration;

/** Spans of time as a person reads them: 850 ms, 12 s, 57 min, 3 h 20 min. */
final class ReadableSpan {
    private static final int MOST_OF_A_UNIT = 120;

    private ReadableSpan() {}

    static String of(Duration span) {
        if (span.toSeconds() == 0) {
            return span.toMillis() + " ms";
        }
        if (span.toSeconds() < MOST_OF_A_UNIT) {
            return span.toSeconds() + " s";
        }
        return span.toMinutes() < MOST_OF_A_UNIT
                ? span.toMinutes() + " min"
                : span.toHours() + " h " + span.toMinutesPart() + " min";
    }
}
