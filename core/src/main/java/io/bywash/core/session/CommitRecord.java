package io.bywash.core.session;

import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.ledger.Frontier;
import java.util.List;
import java.util.Optional;

/** What has been committed during one ownership. Belongs to the poll thread. */
public final class CommitRecord {
    private long committed;
    private List<FailedRecord> failed;
    private DoneRanges done;
    private Optional<TopicId> topic;
    private boolean wanted;

    CommitRecord(Origin origin) {
        topic = origin.topic();
        committed = origin.offset();
        failed = origin.failed();
        done = origin.done();
    }

    /**
     * Notes a commit the broker acknowledged. Commits never go back during an ownership.
     *
     * @param offset the committed offset
     * @param told what was committed with it of failed records
     * @param beyond what was complete beyond it
     * @param of which topic it was known to be of
     */
    public void acknowledged(long offset, List<FailedRecord> told, DoneRanges beyond, Optional<TopicId> of) {
        topic = of;
        done = beyond;
        committed = Math.max(committed, offset);
        failed = told;
        wanted = false;
    }

    /**
     * Returns the offset the broker is known to hold.
     *
     * @return the highest acknowledged offset, or where the ownership began
     */
    public long committed() {
        return committed;
    }

    /**
     * Asks for a commit although nothing may have moved: for a start position that nobody has committed yet, and as long as it is not
     * known what the broker holds, since a commit was sent and not acknowledged.
     */
    public void want() {
        wanted = true;
    }

    /**
     * Tells whether a commit is due.
     *
     * @param frontier what could be committed
     * @param failing what could be told of failed records
     * @param of which topic it is known to be of
     * @return true if it tells more than what the broker holds, or a commit was asked for
     */
    public boolean isDue(Frontier frontier, List<FailedRecord> failing, Optional<TopicId> of) {
        return frontier.offset() > committed
                || wanted
                || !frontier.done().equals(done)
                || !failing.equals(failed)
                || !of.equals(topic);
    }
}
