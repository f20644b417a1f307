package io.bywash.core.event;

/** Where the engine puts its events. Never blocks, never throws; may be called from any thread. */
@FunctionalInterface
public interface EventSink {

    /**
     * Takes an event.
     *
     * @param event what happened
     */
    void publish(GroupEvent event);
}
