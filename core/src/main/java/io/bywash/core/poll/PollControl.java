package io.bywash.core.poll;

import io.bywash.core.commit.Committer;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.session.FailedRecord.Standing;
import io.bywash.core.session.PartitionSession;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/** What other threads may ask of a poll loop. All methods may be called from any thread and return at once. */
public final class PollControl {
    private final Commands commands;
    private final Pauses pauses;
    private final Sessions sessions;
    private final Positions positions;
    private final Committer committer;

    PollControl(Commands commands, Pauses pauses, Sessions sessions, Positions positions, Committer committer) {
        this.commands = commands;
        this.pauses = pauses;
        this.sessions = sessions;
        this.positions = positions;
        this.committer = committer;
    }

    /**
     * Stops fetching partitions until they are resumed, those that come back after a rebalance included.
     *
     * @param partitions the partitions
     */
    public void pause(Collection<TopicPartition> partitions) {
        pauses.pause(partitions);
    }

    /**
     * Undoes {@link #pause}.
     *
     * @param partitions the partitions
     */
    public void resume(Collection<TopicPartition> partitions) {
        pauses.resume(partitions);
    }

    /**
     * Leaves an order about a record that is halted now, not about what may halt later.
     *
     * @param record the record
     * @param standing what is to become of it
     * @return false if this consumer has no such record halted, or another order came before
     */
    public boolean order(RecordPosition record, Standing standing) {
        return sessions.published(record.partition())
                .filter(session -> session.order(record.offset(), standing))
                .isPresent();
    }

    /**
     * Commits at the next turn what is complete.
     *
     * @param done called by the poll thread with the failure, or with nothing once the broker has answered
     */
    public void commit(Consumer<Optional<Exception>> done) {
        commands.add(client -> committer.request(done));
    }

    /**
     * Goes to another position in a partition. If this consumer does not have it by then, that is reported as late.
     *
     * @param target the record to read next
     */
    public void reset(RecordPosition target) {
        commands.add(consumer -> positions.reset(consumer, sessions.get(target.partition()), target));
    }

    /**
     * Goes to another position within one ownership. If the session is over by then, that is reported as late.
     *
     * @param session the session
     * @param offset the offset to read next
     */
    public void reset(PartitionSession session, long offset) {
        RecordPosition target = new RecordPosition(session.partition(), offset);
        commands.add(consumer ->
                positions.reset(consumer, sessions.get(session.partition()).filter(session::equals), target));
    }

    /**
     * Returns the partitions this consumer has.
     *
     * @return an immutable set
     */
    public Set<TopicPartition> assignment() {
        return sessions.partitions();
    }
}
