package io.bywash.core.session;

import java.util.List;

/** Whoever takes the records of one session: a worker, or an application that reads by itself. Called by the poll thread. */
public interface RecordTaker {

    /** Begins to take. Called once, when the session is complete. */
    void begin();

    /** Tells that a batch came or that the session's state or orders changed. */
    void signal();

    /**
     * Tells whether the taker is through with a session that no longer is open: no call of it runs any more.
     *
     * @return true once nothing more will happen
     */
    boolean isQuiet();

    /** Asks the call in flight, if any, to give up. */
    void interrupt();

    /** What {@link #callingAt} returns while no call is in flight. */
    long NO_CALL = -1;

    /**
     * Tells which record the call in flight is about, for the watchdog.
     *
     * @return its offset, or {@link #NO_CALL}
     */
    long callingAt();

    /**
     * Returns the name of what runs the calls.
     *
     * @return a thread name
     */
    String name();

    /**
     * Returns where the call in flight is.
     *
     * @return the stack, innermost call first
     */
    List<StackTraceElement> stack();
}
