package io.bywash.core.session;

import java.util.Optional;

/** What has been committed during one ownership. Belongs to the poll thread. */
public final class CommitRecord {
    private long committed;
    private boolean wanted;
    private boolean tellsOfFailure;
    private Optional<String> userMetadata = Optional.empty();

    CommitRecord(Origin origin) {
        committed = origin.offset();
        tellsOfFailure = origin.failed().isPresent();
    }

    /**
     * Notes a commit the broker acknowledged. Commits never go back during an ownership.
     *
     * @param offset the committed offset
     */
    public void acknowledged(long offset) {
        committed = Math.max(committed, offset);
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

    /** Notes that a commit which tells of a failed record is sent. */
    public void tellOfFailure() {
        tellsOfFailure = true;
    }

    /**
     * Tells whether the broker may hold a commit that tells of a failed record. The last commit has to replace it, even by one for
     * the same offset, or the next owner would count attempts that count no more.
     *
     * @return true if such a commit was found or sent during this ownership
     */
    public boolean mayTellOfFailure() {
        return tellsOfFailure;
    }

    /**
     * Sets the text an application wants to keep with its offset.
     *
     * @param text the text
     */
    public void userMetadata(String text) {
        userMetadata = Optional.of(text);
    }

    /**
     * Returns the text an application wants to keep with its offset.
     *
     * @return the text, if there is one
     */
    public Optional<String> userMetadata() {
        return userMetadata;
    }
}
