package io.bywash.runtime.logging;

import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.TopicHandler;

/**
 * What is in the {@link org.slf4j.MDC} of the thread that calls a handler, while it does. Names and numbers are those of the record as it
 * was read, so of its redrive topic if it came back.
 */
public enum LogContext {
    /** Nothing. Handlers are called as they are, so that it costs nothing. */
    OFF,
    /** {@code consumer}, {@code topic}, {@code partition} and {@code offset}. */
    POSITION,
    /** The same, and {@code key}: keys may name people, and logs are read by many. */
    KEY;

    /**
     * Puts it round a handler.
     *
     * @param consumer the consumer the handler is in
     * @param handler the handler
     * @return a handler of the same shape; the same handler if nothing is put round it
     * @param <K> the type of the key
     * @param <V> the type of the value
     */
    public <K, V> TopicHandler<K, V> around(String consumer, TopicHandler<K, V> handler) {
        if (this == OFF) {
            return handler;
        }
        LogFields fields = new LogFields(consumer, this);
        if (handler instanceof AsyncTopicHandler<K, V> stages) {
            return new LoggedAsyncHandler<>(stages, fields);
        }
        if (handler instanceof BatchTopicHandler<K, V> batches) {
            return new LoggedBatchHandler<>(batches, fields);
        }
        return new LoggedHandler<>(handler, fields);
    }
}
