package io.bywash.core.session;

import io.bywash.core.snapshot.HoldCause;

/**
 * What it means if records of a partition wait for long although none has failed and no call is under way.
 *
 * @param cause what kind of thing it is
 * @param why the details, for a person
 */
public record Standstill(HoldCause cause, String why) {

    /** The handler is told that the partition came before it gets the first record. */
    public static final Standstill OF_A_WORKER =
            new Standstill(HoldCause.SLOW_CALL, "no call has begun; the handler may not have returned from assigned");

    /** A partition gets its turn when a lane is free. */
    public static final Standstill OF_LANES =
            new Standstill(HoldCause.LANES_BUSY, "all lanes are busy with other records");

    /** The application has what it took, until it says that it is done. */
    public static final Standstill OF_A_READER =
            new Standstill(HoldCause.SLOW_CALL, "the application has not marked the record as done");
}
