package io.bywash.core.lane;

import io.bywash.core.worker.InterruptibleCall.Cause;
import java.util.Optional;

/** How a lane makes the calls of one handler, one at a time. Belongs to the lane. */
interface Caller extends AutoCloseable {

    /** Gets ready for a call and returns it. */
    Runnable prepare(Item item);

    /** Tells whether the call that was begun is over. */
    boolean isOver();

    /**
     * Draws the conclusions of a call that is over, as {@link Item#result}.
     *
     * @param item what was called
     * @param interrupted whether the call was interrupted
     * @return how many records are complete; nothing if the work goes on elsewhere, which hands the item back
     */
    Optional<Integer> finish(Item item, Cause interrupted);

    @Override
    void close();
}
