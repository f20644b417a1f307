package io.bywash.runtime.isolation;

import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.HandlerContext;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A handler of batches that is called in the context of its jar. */
record BatchHandlerInContext<K, V>(BatchTopicHandler<K, V> handler, LifeInContext life)
        implements BatchTopicHandler<K, V> {
    @Override
    public void handleBatch(List<ConsumerRecord<K, V>> records, HandlerContext context) throws Exception {
        life.context().run(() -> handler.handleBatch(records, context));
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
