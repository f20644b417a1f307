package io.bywash.tracing;

import io.bywash.handler.TopicHandler;
import org.apache.kafka.common.TopicPartition;

/** What all shapes of handlers have in common: their life cycle is passed on as it is. */
interface Traced<K, V> extends TopicHandler<K, V> {

    /** Returns the handler that does the work. */
    TopicHandler<K, V> handler();

    @Override
    default void open() throws Exception {
        handler().open();
    }

    @Override
    default void assigned(TopicPartition partition) throws Exception {
        handler().assigned(partition);
    }

    @Override
    default void revoked(TopicPartition partition) throws Exception {
        handler().revoked(partition);
    }

    @Override
    default void lost(TopicPartition partition) throws Exception {
        handler().lost(partition);
    }

    @Override
    default void close() throws Exception {
        handler().close();
    }
}
