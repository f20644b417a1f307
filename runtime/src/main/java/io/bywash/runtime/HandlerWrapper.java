package io.bywash.runtime;

import io.bywash.handler.TopicHandler;

/** Puts something round every handler: a measurement, a context, a record of what was done. */
public interface HandlerWrapper {

    /** Leaves handlers as they are. */
    HandlerWrapper NONE = new HandlerWrapper() {
        @Override
        public <K, V> TopicHandler<K, V> wrap(String consumer, TopicHandler<K, V> handler) {
            return handler;
        }
    };

    /**
     * Wraps a handler. Called once per consumer and handler, before the start. What is returned must pass on every call of the
     * life cycle.
     *
     * @param consumer the consumer the handler is in
     * @param handler the handler
     * @return what the consumer calls
     * @param <K> the type of the key
     * @param <V> the type of the value
     */
    <K, V> TopicHandler<K, V> wrap(String consumer, TopicHandler<K, V> handler);
}
