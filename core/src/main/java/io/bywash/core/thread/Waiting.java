package io.bywash.core.thread;

import java.util.function.BooleanSupplier;

/** How the engine waits in the middle of a step, which only the drain of a rebalance and the closing of a consumer need. */
@FunctionalInterface
public interface Waiting {

    /**
     * Waits until something holds or a time has come.
     *
     * @param condition what to wait for; read often, on any thread, so it must be cheap and change nothing
     * @param deadlineNanos a time of the {@link Ticker}
     * @return whether the condition held
     */
    boolean until(BooleanSupplier condition, long deadlineNanos);
}
