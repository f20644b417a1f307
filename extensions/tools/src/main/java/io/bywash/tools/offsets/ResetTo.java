package io.bywash.tools.offsets;

import java.time.Instant;

/** Where offsets are to be put. */
public sealed interface ResetTo {

    /** To the first record there is. */
    record Earliest() implements ResetTo {}

    /** Behind the last record. */
    record Latest() implements ResetTo {}

    /**
     * To the first record that is not older than a time, or behind the last one.
     *
     * @param time the time
     */
    record Time(Instant time) implements ResetTo {}

    /**
     * To one offset in every partition.
     *
     * @param offset the offset, from 0
     */
    record Offset(long offset) implements ResetTo {}

    /**
     * On, or back if negative, from what is committed. Partitions without a commit stay as they are.
     *
     * @param by how many offsets
     */
    record Shift(long by) implements ResetTo {}
}
