package io.bywash.core.settings;

import java.time.Duration;
import java.time.Instant;

/** Where a partition without a committed offset is read from. */
public sealed interface StartFrom {

    /** The first record that retention has left. */
    record Earliest() implements StartFrom {}

    /**
     * What is written after the group's first start. The time of that start is kept with the committed offsets, so partitions
     * added later are read from it on, and lose nothing.
     */
    record Latest() implements StartFrom {}

    /**
     * The first record with this timestamp or a later one; the end of the log if there is none.
     *
     * @param time the time of the first record
     */
    record At(Instant time) implements StartFrom {}

    /**
     * The first record younger than {@code age} at the group's first start.
     *
     * @param age how far to go back; not negative
     */
    record Ago(Duration age) implements StartFrom {
        /** Checks the range. */
        public Ago {
            Require.notNegative("start-from", age);
        }
    }
}
