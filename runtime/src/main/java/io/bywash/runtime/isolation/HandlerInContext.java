package io.bywash.runtime.isolation;

import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A handler that is called in the context of its jar. */
record HandlerInContext<K, V>(TopicHandler<K, V> handler, LifeInContext life) implements TopicHandler<K, V> {
    @Override
    public void handle(ConsumerRecord<K, V> record, HandlerContext context) throws Exception {
        life.context().run(() -> handler.handle(record, context));
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
