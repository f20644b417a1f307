package io.bywash.core.event;

/**
 * Receives the events of a consumer, in the order in which they happened, on one thread that does nothing else. A slow listener
 * delays nobody: when more than the queue's bound wait, the newest are dropped and the next event delivered is preceded by
 * {@link GroupEvent.EventsDropped}.
 */
@FunctionalInterface
public interface GroupListener {

    /**
     * Takes one event. Exceptions are logged and do not stop later events.
     *
     * @param event what happened
     */
    void on(GroupEvent event);
}
