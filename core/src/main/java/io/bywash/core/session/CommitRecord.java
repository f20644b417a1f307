package io.bywash.core.session;

import java.util.Optional;

/** What has been committed during one ownership. Belongs to the poll thread. */
public final class CommitRecord {
    private long committed;
    private Optional<FailedRecord> failed;
    private boolean wanted;

    CommitRecord(Origin origin) {
        committed = origin.offset();
        failed = origin.failed();
    }

    /**
     * Notes a commit the broker acknowledged. Commits never go back during an ownership.
     *
     * @param offset the committed offset
     * @param told what was committed with it of a failed record
     */
    public void acknowledged(long offset, Optional<FailedRecord> told) {
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
     * Returns what the broker is known to hold of a failed record, for the next owner.
     *
     * @return what was committed last, or else what this ownership began with
     */
    public Optional<FailedRecord> failed() {
        return failed;
    }

    /** Asks for a commit although the frontier may not have moved, as for a start position that nobody has committed yet. */
    public void want() {
        wanted = true;
    }

    /**
     * Tells whether a commit is due.
     *
     * @param frontier the offset that could be committed
     * @return true if it is beyond what the broker holds, or a commit was asked for
     */
    public boolean isDue(long frontier) {
        return frontier > committed || wanted;
    }
}
