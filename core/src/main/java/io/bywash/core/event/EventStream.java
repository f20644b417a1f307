package io.bywash.core.event;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * The events of a consumer as something to loop over: {@code for (GroupEvent event : stream)} waits for the next event and ends
 * when the consumer is over or the stream is closed. A reader that is too slow misses events and is told how many by
 * {@link GroupEvent.EventsDropped}. For one reading thread; {@link #close} may come from any.
 */
public final class EventStream implements Iterable<GroupEvent>, AutoCloseable {
    private static final int BOUND = 10_000;

    private final BlockingQueue<Optional<GroupEvent>> queue = new LinkedBlockingQueue<>();
    private final AtomicLong dropped = new AtomicLong();
    private final EventDispatcher dispatcher;
    private final Predicate<GroupEvent> wanted;
    private final GroupListener feed = this::take;

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
    }

    private void take(GroupEvent event) {
        if (wanted.test(event)) {
            keep(event);
        }
        if (event instanceof GroupEvent.StateChanged changed && changed.to().isFinal()) {
            queue.add(Optional.empty());
        }
    }

    private void keep(GroupEvent event) {
        if (queue.size() >= BOUND) {
            dropped.incrementAndGet();
            return;
        }
        long missed = dropped.getAndSet(0);
        if (missed > 0) {
            queue.add(Optional.of(new GroupEvent.EventsDropped(missed)));
        }
        queue.add(Optional.of(event));
    }

    @Override
    public Iterator<GroupEvent> iterator() {
        return new Iterator<>() {
            private Optional<GroupEvent> next = Optional.empty();
            private boolean over;

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

    /** Waits for an element; an interrupt ends the stream and stays set. */
    private Optional<GroupEvent> await() {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        dispatcher.remove(feed);
        queue.add(Optional.empty());
    }
}
