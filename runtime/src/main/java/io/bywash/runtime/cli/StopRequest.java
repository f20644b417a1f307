package io.bywash.runtime.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request to stop, and the answer that all work has stopped. May be used by any thread. */
public final class StopRequest implements AutoCloseable {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Duration patience = Duration.ofNanos(Long.MAX_VALUE);

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

    /**
     * Says how long the end of the process may wait for the answer, which never comes if the thread that has to give it has itself
     * ended the process and waits for that; by default without end.
     *
     * @param most longer than it takes to stop
     * @return this
     */
    public StopRequest answeredWithin(Duration most) {
        patience = most;
        return this;
    }

    /** Waits for the answer; returns whether it came in time. */
    boolean awaitStopped() throws InterruptedException {
        return stopped.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Answers that all work has stopped. */
    @Override
    public void close() {
        stopped.countDown();
    }
}
