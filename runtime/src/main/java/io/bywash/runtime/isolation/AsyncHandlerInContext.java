package io.bywash.runtime.isolation;

import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.HandlerContext;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A handler of stages that is called in the context of its jar. What its stages do runs on threads of its own. */
record AsyncHandlerInContext<K, V>(AsyncTopicHandler<K, V> handler, LifeInContext life)
        implements AsyncTopicHandler<K, V> {
    @Override
    public CompletionStage<?> handleAsync(ConsumerRecord<K, V> record, HandlerContext context) throws Exception {
        return life.context().<CompletionStage<?>>call(() -> handler.handleAsync(record, context));
    }

    @Override
    public void open() throws Exception {
        life.open();
    }

    @Override
    public void assigned(TopicPartition partition) throws Exception {
        life.assigned(partition);
    }

    @Override
    public void revoked(TopicPartition partition) throws Exception {
        life.revoked(partition);
    }

    @Override
    public void lost(TopicPartition partition) throws Exception {
        life.lost(partition);
    }

    @Override
    public void close() throws Exception {
        life.close();
    }
}
