package io.bywash.core.session;

import java.util.function.BooleanSupplier;

/** Decides who takes the records of a session. */
@FunctionalInterface
public interface TakerFactory {

    /**
     * Creates the taker of a new session. Called by the poll thread.
     *
     * @param session the session
     * @param formerQuiet tells whether every taker that had the same partition before is quiet; until then no record may be taken
     * @return the taker, not yet begun
     */
    RecordTaker create(PartitionSession session, BooleanSupplier formerQuiet);
}
