package io.bywash.handler;

/** Says at which record a {@link BatchTopicHandler} failed. The work for the records before it is done. */
public class FailedAtException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int index;

    /**
     * Creates the exception.
     *
     * @param index the place of the failed record in the batch, from 0
     * @param cause why it failed; what follows (another attempt or none) is decided by it
     */
    public FailedAtException(int index, Throwable cause) {
        super("record " + index + " of the batch failed: " + cause, cause);
        if (index < 0) {
            throw new IllegalArgumentException("a batch has no record " + index + "; the first is 0");
        }
        this.index = index;
    }

    /**
     * Returns the place of the failed record.
     *
     * @return from 0
     */
    public int index() {
        return index;
    }
}
