package io.bywash.core.session;

import java.util.List;

/** Whoever takes the records of one session: a worker, or an application that reads by itself. Called by the poll thread. */
public interface RecordTaker {

    /** Starts to take. Called once, when the session is complete. */
    void start();

    /** Tells that a batch came or that the session's state or orders changed. */
    void signal();

    /** Reports what is complete out of order, if anything ever is. */
    default void report() {}

    /**
     * Tells whether the taker is through with a session that no longer is open: no call of it runs any more.
     *
     * @return true once nothing more will happen
     */
    boolean isQuiet();

    /** Asks the calls in flight, if any, to give up. */
    void interrupt();

    /**
     * Tells which calls are in flight, for the watchdog.
     *
     * @return the calls, in no order
     */
    List<CallInFlight> calls();

    /**
     * Has a call that is still in flight fail, because it took too long.
     *
     * @param call the call
     */
    default void timeOut(CallInFlight.Id call) {}
}
