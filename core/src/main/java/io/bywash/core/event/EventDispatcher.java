package io.bywash.core.event;

import io.bywash.core.thread.Next;
import io.bywash.core.thread.Running;
import io.bywash.core.thread.Step;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events from the engine's threads to the listeners, on a thread of its own, so that no listener can be in the way. It ends
 * with the event that tells of the consumer's end.
 */
public final class EventDispatcher implements Step, EventSink {
    private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);
    private static final int BOUND = 10_000;

    private final BlockingQueue<GroupEvent> queue = new ArrayBlockingQueue<>(BOUND);
    private final List<GroupListener> listeners;
    private final AtomicLong dropped = new AtomicLong();
    private volatile Optional<Running> running = Optional.empty();
    private boolean over;

    /**
     * Creates a dispatcher.
     *
     * @param listeners who receives the events
     */
    public EventDispatcher(List<GroupListener> listeners) {
        this.listeners = new CopyOnWriteArrayList<>(listeners);
    }

    /**
     * Says what runs the dispatcher. Until then events are kept.
     *
     * @param runner the handle to signal
     */
    public void runBy(Running runner) {
        running = Optional.of(runner);
    }

    /**
     * Adds a listener. May be called from any thread.
     *
     * @param listener receives the events from now on
     */
    public void add(GroupListener listener) {
        listeners.add(listener);
    }

    /**
     * Removes a listener. May be called from any thread.
     *
     * @param listener receives no more
     */
    public void remove(GroupListener listener) {
        listeners.remove(listener);
    }

    @Override
    public void publish(GroupEvent event) {
        if (!queue.offer(event)) {
            dropped.incrementAndGet();
        }
        running.ifPresent(Running::signal);
    }

    @Override
    public Next step() {
        for (Optional<GroupEvent> next = next(); next.isPresent(); next = next()) {
            deliver(next.get());
        }
        long missed = dropped.getAndSet(0);
        if (missed > 0) {
            deliver(new GroupEvent.EventsDropped(missed));
        }
        return over ? Next.DONE : Next.IDLE;
    }

    private Optional<GroupEvent> next() {
        return Optional.ofNullable(queue.poll());
    }

    private void deliver(GroupEvent event) {
        over |= event instanceof GroupEvent.StateChanged changed && changed.to().isFinal();
        for (GroupListener listener : listeners) {
            try {
                listener.on(event);
            } catch (RuntimeException e) {
                LOG.warn("listener {} failed on {}", listener.getClass().getName(), event, e);
            }
        }
    }
}
