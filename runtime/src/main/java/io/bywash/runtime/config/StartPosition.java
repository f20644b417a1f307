package io.bywash.runtime.config;

import io.bywash.core.settings.StartFrom;
import java.time.OffsetDateTime;

/** Reads {@code start-from}. */
final class StartPosition {
    private static final String AGO = " ago";

    static final Form<StartFrom> FORM = new Form<>(
            "earliest, latest, a time such as \"2026-01-31T08:00:00Z\", or an age such as \"36h ago\"",
            StartPosition::parse);

    private StartPosition() {}

    private static StartFrom parse(String text) {
        if (text.equals("earliest")) {
            return new StartFrom.Earliest();
        }
        if (text.equals("latest")) {
            return new StartFrom.Latest();
        }
        if (text.endsWith(AGO)) {
            String age = text.substring(0, text.length() - AGO.length());
            return new StartFrom.Ago(Form.DURATION.parse().apply(age));
        }
        return new StartFrom.At(OffsetDateTime.parse(text).toInstant());
    }
}
