package io.bywash.core.event;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Events on their way to a reader that may be too slow for them. When it is full the newest are dropped, and the reader is told at
 * the place where they are missing. The event that tells of the consumer's end is never dropped. Takes no lock; any thread adds,
 * one polls.
 */
final class EventBuffer {
    /** How many may wait. Threads that add at the same moment may exceed it by one each. */
    static final int BOUND = 10_000;

    private final Queue<GroupEvent> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();

    /** Tells whether no other event follows this one. */
    static boolean isLast(GroupEvent event) {
        return event instanceof GroupEvent.StateChanged changed && changed.to().isFinal();
    }

    /** Adds an event if there is room; returns by how many events the buffer grew. */
    int add(GroupEvent event) {
        if (size.get() >= BOUND && !isLast(event)) {
            dropped.incrementAndGet();
            return 0;
        }
        long missed = dropped.getAndSet(0);
        if (missed > 0) {
            put(new GroupEvent.EventsDropped(missed));
        }
        put(event);
        return missed > 0 ? 2 : 1;
    }

    private void put(GroupEvent event) {
        size.incrementAndGet();
        queue.add(event);
    }

    Optional<GroupEvent> poll() {
        Optional<GroupEvent> next = Optional.ofNullable(queue.poll());
        if (next.isPresent()) {
            size.decrementAndGet();
        }
        return next;
    }
}
