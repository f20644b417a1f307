package io.bywash.core.snapshot;

import java.time.Instant;
import java.util.Optional;

/** Whether a partition moves on. Every partition that a consumer has is in exactly one of these conditions. */
public sealed interface Condition {

    /** Its frontier moves, or has begun to wait for a record no longer ago than {@code stall-after}. */
    record Advancing() implements Condition {}

    /** There is nothing to read. */
    record Idle() implements Condition {}

    /**
     * It does not move, wholly or in part, and this is why.
     *
     * @param cause what kind of thing holds it up
     * @param isWhole whether the whole partition waits; else some keys wait while others go on
     * @param offset the record, or the position, it waits at
     * @param key the key of that record, printable and shortened; empty if it has none or it is not known
     * @param since since when
     * @param until when it goes on by itself; empty if that is not known or does not happen
     * @param why the details, for a person
     */
    record Held(
            HoldCause cause,
            boolean isWhole,
            long offset,
            Optional<String> key,
            Instant since,
            Optional<Instant> until,
            String why)
            implements Condition {}
}
