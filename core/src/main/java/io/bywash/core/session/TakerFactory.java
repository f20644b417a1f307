package io.bywash.core.session;

import java.util.function.BooleanSupplier;

/** Decides who takes the records of a session. */
public interface TakerFactory {

    /**
     * Creates the taker of a new session. Called by the poll thread.
     *
     * @param session the session
     * @param formerQuiet tells whether every taker that had the same partition before is quiet; until then no record may be taken
     * @return the taker, not yet begun
     */
    RecordTaker create(PartitionSession session, BooleanSupplier formerQuiet);

    /** Looks after what the takers share. Called by the poll thread at every turn. */
    default void turn() {}

    /** Ends what the takers share. Called by the poll thread once, after the last session has ended. */
    default void close() {}
}
