package io.bywash.core.settings;

import java.time.Duration;

/**
 * How long a dead-letter topic keeps its letters. It is said when the topic is created; a topic that exists is left as it is.
 */
public sealed interface LetterRetention {
    /** Thirty days: long enough to notice, to mend the cause and to send the letters back. */
    LetterRetention DEFAULT = new AtLeast(Duration.ofDays(30));

    /**
     * As long as this, or as the source topic keeps records, or as brokers do unless told, whichever is longest.
     *
     * @param time how long, by the timestamps of the letters; longer than zero
     */
    record AtLeast(Duration time) implements LetterRetention {
        /** Checks the range. */
        public AtLeast {
            Require.positive("dead-letter-retention", time);
        }
    }

    /** Until somebody removes them. */
    record Forever() implements LetterRetention {}

    /** As brokers do unless told. */
    record AsBrokers() implements LetterRetention {}
}
