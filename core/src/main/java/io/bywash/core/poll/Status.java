package io.bywash.core.poll;

import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.EventSink;
import io.bywash.core.event.GroupEvent;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of a consumer and what it was asked to become. Any thread may read it, ask for a stop or report a failure; the poll
 * thread makes the moves.
 */
public final class Status {
    private static final Logger LOG = LoggerFactory.getLogger(Status.class);

    private final EventSink events;
    private final CountDownLatch end = new CountDownLatch(1);
    private ConsumerState state = ConsumerState.CREATED;
    private Optional<Stop> stop = Optional.empty();

    /**
     * Why and until when to stop.
     *
     * @param deadlineNanos when the calls in flight must be through
     * @param failure the failure that stops the consumer; nothing if it was asked to close
     */
    record Stop(long deadlineNanos, Optional<ConsumerFailedException> failure) {}

    private final java.util.function.LongSupplier failureDeadline;

    /**
     * Creates the status of a consumer that is not started.
     *
     * @param events takes changes
     * @param failureDeadline tells until when calls may go on after a failure
     */
    public Status(EventSink events, java.util.function.LongSupplier failureDeadline) {
        this.events = events;
        this.failureDeadline = failureDeadline;
    }

    /**
     * Returns the state.
     *
     * @return the state now
     */
    public synchronized ConsumerState state() {
        return state;
    }

    /**
     * Returns the failure that stopped the consumer.
     *
     * @return the failure, once there is one
     */
    public synchronized Optional<ConsumerFailedException> failure() {
        return stop.flatMap(Stop::failure);
    }

    /**
     * Moves to another state; does nothing if it is the state already.
     *
     * @param target the state to move to
     * @throws IllegalStateException if it may not follow
     */
    public synchronized void become(ConsumerState target) {
        if (state != target) {
            ConsumerState from = state;
            state = state.to(target);
            events.publish(new GroupEvent.StateChanged(from, target));
            if (target.isFinal()) {
                end.countDown();
            }
        }
    }

    /**
     * Begins, which only a consumer that was never started can.
     *
     * @return whether it began
     */
    public synchronized boolean begin() {
        if (state != ConsumerState.CREATED) {
            return false;
        }
        become(ConsumerState.STARTING);
        return true;
    }

    /**
     * Ends a consumer that was never started.
     *
     * @return false if it was started
     */
    public synchronized boolean endUnstarted() {
        if (state != ConsumerState.CREATED) {
            return false;
        }
        become(ConsumerState.CLOSED);
        return true;
    }

    /** Notes that the group was joined. Called by the poll thread. */
    synchronized void joined() {
        if (state == ConsumerState.STARTING) {
            become(ConsumerState.RUNNING);
        }
    }

    /** Notes that the broker answers, or does not. Called by the poll thread. */
    synchronized void degraded(ConsumerState target) {
        if (state == ConsumerState.RUNNING || state == ConsumerState.DEGRADED) {
            become(target);
        }
    }

    /**
     * Asks for the end. The first to ask decides whether it is a failure; a later one can only shorten the time.
     *
     * @param deadlineNanos when the calls in flight must be through
     */
    public synchronized void close(long deadlineNanos) {
        stop = Optional.of(new Stop(notAfterTheStop(deadlineNanos), failure()));
    }

    /**
     * Reports a failure that nothing can mend. The first one counts, and none does after the end.
     *
     * @param failure the failure
     */
    public void fail(ConsumerFailedException failure) {
        if (!failBeforeTheEnd(failure)) {
            LOG.warn("this came after the end, so it changes nothing any more", failure);
        }
    }

    private synchronized boolean failBeforeTheEnd(ConsumerFailedException failure) {
        if (state.isFinal()) {
            return false;
        }
        if (stop.flatMap(Stop::failure).isEmpty()) {
            long deadline = stop.map(Stop::deadlineNanos).orElseGet(failureDeadline::getAsLong);
            stop = Optional.of(new Stop(deadline, Optional.of(failure)));
            events.publish(new GroupEvent.ConsumerFailed(failure));
        }
        return true;
    }

    /**
     * Comes to the end, as a failure if there was one up to now.
     *
     * @param before takes the last state before anybody learns of it
     */
    synchronized void end(Consumer<ConsumerState> before) {
        ConsumerState last = failure().isPresent() ? ConsumerState.FAILED : ConsumerState.CLOSED;
        before.accept(last);
        become(last);
    }

    void failInCallback(RuntimeException e) {
        fail(new ConsumerFailedException(Kind.SOFTWARE, "a rebalance callback failed: " + e, e));
    }

    synchronized Optional<Stop> stop() {
        return stop;
    }

    /** Returns a deadline, or that of the stop if one was asked for and it comes earlier. */
    synchronized long notAfterTheStop(long deadlineNanos) {
        return stop.map(Stop::deadlineNanos)
                .filter(earlier -> earlier - deadlineNanos < 0)
                .orElse(deadlineNanos);
    }

    synchronized boolean isStopping() {
        return stop.isPresent();
    }

    /**
     * Waits for the end. Must not be called by a thread of the consumer.
     *
     * @param nanos how long
     * @return whether the state is final
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean awaitEnd(long nanos) throws InterruptedException {
        return end.await(nanos, TimeUnit.NANOSECONDS);
    }
}
