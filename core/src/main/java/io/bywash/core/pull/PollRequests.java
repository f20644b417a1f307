package io.bywash.core.pull;

import io.bywash.core.event.RecordPosition;
import io.bywash.core.session.PartitionSession;
import java.util.Optional;
import java.util.function.Consumer;

/** What a reader asks of the poll thread. All methods return at once. */
public interface PollRequests {

    /**
     * Commits what is complete at the next turn.
     *
     * @param done called by the poll thread with the failure, or with nothing once the broker has answered
     */
    void commit(Consumer<Optional<Exception>> done);

    /**
     * Begins a new ownership at a record of a partition.
     *
     * @param target the record to read next
     */
    void reset(RecordPosition target);

    /**
     * Begins a new ownership at a record, if the present one still is that of a session.
     *
     * @param session the session
     * @param offset the record to read next
     */
    void reset(PartitionSession session, long offset);
}
