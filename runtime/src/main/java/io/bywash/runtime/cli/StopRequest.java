package io.bywash.runtime.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request to stop, and the answer that all work has stopped. May be used by any thread. */
public final class StopRequest implements AutoCloseable {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Creates a request that nobody has made yet. */
    public StopRequest() {}

    /** Makes the request. */
    public void request() {
        requested.countDown();
    }

    /**
     * Tells whether the request was made.
     *
     * @return true from then on
     */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /**
     * Waits for the request.
     *
     * @param timeout how long
     * @return whether it was made
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean await(Duration timeout) throws InterruptedException {
        return requested.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    void awaitStopped() throws InterruptedException {
        stopped.await();
    }

    /** Answers that all work has stopped. */
    @Override
    public void close() {
        stopped.countDown();
    }
}
