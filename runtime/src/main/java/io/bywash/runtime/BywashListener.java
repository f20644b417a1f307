package io.bywash.runtime;

import io.bywash.core.event.GroupEvent;

/**
 * Receives the events of all consumers, those of one consumer in order and on one thread. In a Guice application, contribute
 * listeners through a {@code Multibinder} of this type.
 */
@FunctionalInterface
public interface BywashListener {

    /**
     * Takes one event. Exceptions are logged and do not stop later events.
     *
     * @param consumer the name of the consumer
     * @param event what happened to it
     */
    void on(String consumer, GroupEvent event);
}
