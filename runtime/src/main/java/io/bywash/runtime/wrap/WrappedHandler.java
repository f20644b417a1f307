package io.bywash.runtime.wrap;

import io.bywash.handler.TopicHandler;
import org.apache.kafka.common.TopicPartition;

/**
 * A handler that has another one inside, and passes its life cycle on as it is. What is to be round the calls for records is written by
 * those who implement it, for each shape of handler: the engine decides by the shape how to call.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public interface WrappedHandler<K, V> extends TopicHandler<K, V> {

    /**
     * Returns the handler that does the work.
     *
     * @return the handler inside
     */
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
