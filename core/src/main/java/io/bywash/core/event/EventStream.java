package io.bywash.core.event;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/**
 * The events of a consumer as something to loop over: {@code for (GroupEvent event : stream)} waits for the next event and ends
 * when the consumer is over or the stream is closed. A reader that is too slow misses events and is told how many by
 * {@link GroupEvent.EventsDropped}. For one reading thread; {@link #close} may come from any.
 */
public final class EventStream implements Iterable<GroupEvent>, AutoCloseable {
    private final EventBuffer buffer = new EventBuffer();
    private final Semaphore available = new Semaphore(0);
    private final EventDispatcher dispatcher;
    private final Predicate<GroupEvent> wanted;
    private final GroupListener feed = this::take;
    private boolean over;

    /**
     * Opens a stream of some events.
     *
     * @param dispatcher where the events come from
     * @param wanted which to pass on; {@link GroupEvent.EventsDropped} always is
     */
    public EventStream(EventDispatcher dispatcher, Predicate<GroupEvent> wanted) {
        this.dispatcher = dispatcher;
        this.wanted = wanted.or(GroupEvent.EventsDropped.class::isInstance);
        dispatcher.add(feed);
        if (dispatcher.isOver()) {
            end();
        }
    }

    private void take(GroupEvent event) {
        if (wanted.test(event)) {
            available.release(buffer.add(event));
        }
        if (EventBuffer.isLast(event)) {
            end();
        }
    }

    /** Lets the reader through once more than there are events, so that it finds nothing after the last. */
    private void end() {
        available.release();
    }

    @Override
    public Iterator<GroupEvent> iterator() {
        return new Iterator<>() {
            private Optional<GroupEvent> next = Optional.empty();

            @Override
            public boolean hasNext() {
                if (next.isEmpty() && !over) {
                    next = await();
                    over = next.isEmpty();
                }
                return next.isPresent();
            }

            @Override
            public GroupEvent next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the stream is over");
                }
                GroupEvent event = next.get();
                next = Optional.empty();
                return event;
            }
        };
    }

    /** Waits for an event; an interrupt ends the stream and stays set. */
    private Optional<GroupEvent> await() {
        try {
            available.acquire();
            return buffer.poll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        dispatcher.remove(feed);
        end();
    }
}
