package io.bywash.core.settings;

import java.time.Duration;
import java.util.Locale;

/** Writes spans of time as people and configuration files do: {@code 1h30m}, {@code 20s}, {@code 0.2s}. */
public final class Span {
    private static final int AFTER_PT = 2;

    private Span() {}

    /**
     * Writes a span.
     *
     * @param span the span
     * @return hours, minutes and seconds, as many as it has
     */
    public static String text(Duration span) {
        return span.toString().substring(AFTER_PT).toLowerCase(Locale.ROOT);
    }
}
