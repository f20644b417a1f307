package io.bywash.core.session;

import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.ledger.Frontier;
import java.util.List;

/** What has been committed during one ownership. Belongs to the poll thread. */
public final class CommitRecord {
    private long committed;
    private List<FailedRecord> failed;
    private DoneRanges done;
    private boolean wanted;

    CommitRecord(Origin origin) {
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
     */
    public void acknowledged(long offset, List<FailedRecord> told, DoneRanges beyond) {
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
     * @return true if it tells more than what the broker holds, or a commit was asked for
     */
    public boolean isDue(Frontier frontier, List<FailedRecord> failing) {
        return frontier.offset() > committed || wanted || !frontier.done().equals(done) || !failing.equals(failed);
    }
}
