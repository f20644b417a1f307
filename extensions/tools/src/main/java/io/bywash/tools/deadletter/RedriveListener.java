package io.bywash.tools.deadletter;

/** Hears how a redrive gets on. Called on the thread that redrives. */
@FunctionalInterface
public interface RedriveListener {

    /** Hears nothing. */
    RedriveListener NONE = (soFar, total) -> {};

    /**
     * A batch of letters is through.
     *
     * @param soFar what was done up to now; all of it is committed
     * @param total about how many letters there are to examine
     */
    void progress(RedriveReport soFar, long total);
}
