package io.bywash.core.event;

import io.bywash.core.thread.Next;
import io.bywash.core.thread.Running;
import io.bywash.core.thread.Step;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events from the engine's threads to the listeners, on a thread of its own, so that no listener can be in the way. It ends
 * with the event that tells of the consumer's end.
 */
public final class EventDispatcher implements Step, EventSink {
    private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);

    private final EventBuffer buffer = new EventBuffer();
    private final List<GroupListener> listeners;
    private volatile Optional<Running> running = Optional.empty();
    private volatile boolean over;

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

    /**
     * Tells whether the last event is on its way to the listeners, or has reached them. May be called from any thread.
     *
     * @return true once no listener that is added hears of anything
     */
    boolean isOver() {
        return over;
    }

    @Override
    public void publish(GroupEvent event) {
        buffer.add(event);
        running.ifPresent(Running::signal);
    }

    @Override
    public Next step() {
        for (Optional<GroupEvent> next = buffer.poll(); next.isPresent(); next = buffer.poll()) {
            deliver(next.get());
        }
        return over ? Next.DONE : Next.IDLE;
    }

    private void deliver(GroupEvent event) {
        if (EventBuffer.isLast(event)) {
            over = true;
        }
        for (GroupListener listener : listeners) {
            try {
                listener.on(event);
            } catch (RuntimeException | Error e) {
                LOG.warn("listener {} failed on {}", listener.getClass().getName(), event, e);
            }
        }
    }
}
