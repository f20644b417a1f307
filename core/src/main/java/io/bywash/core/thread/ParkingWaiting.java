package io.bywash.core.thread;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** {@link Waiting} on a real thread: it parks in slices of half a millisecond, and ignores interrupts until the wait is over. */
public final class ParkingWaiting implements Waiting {

    /** Waits by the clock of the JVM. */
    public static final Waiting SYSTEM = new ParkingWaiting(Ticker.SYSTEM);

    private static final long SLICE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final Ticker ticker;

    private ParkingWaiting(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public boolean until(BooleanSupplier condition, long deadlineNanos) {
        boolean interrupted = false;
        boolean holds = condition.getAsBoolean();
        for (long left = deadlineNanos - ticker.nanos(); !holds && left > 0; left = deadlineNanos - ticker.nanos()) {
            LockSupport.parkNanos(this, Math.min(left, SLICE_NANOS));
            interrupted |= Thread.interrupted();
            holds = condition.getAsBoolean();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return holds;
    }
}
