package io.bywash.core.session;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

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
     * Tells whether a handler is called for the records, which must not be closed before the last call is over.
     *
     * @return false where an application takes them itself
     */
    default boolean callsHandlers() {
        return true;
    }

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

    /**
     * Returns the first record that is not complete.
     *
     * @return the record, or a former one that is complete by now; nothing if it was not taken yet
     */
    default Optional<ConsumerRecord<byte[], byte[]>> first() {
        return Optional.empty();
    }

    /**
     * Counts the records that cannot go on while others can.
     *
     * @return how many have failed and wait, and wait behind these for their key
     */
    default long heldBack() {
        return 0;
    }

    /**
     * Says what it means if records wait for long although none has failed and no call is under way.
     *
     * @return what is most likely
     */
    default Standstill standstill() {
        return Standstill.OF_A_WORKER;
    }
}
