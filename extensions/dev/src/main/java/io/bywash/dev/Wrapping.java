package io.bywash.dev;

import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.HandlerWrapper;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Puts something round the calls for records and passes all others on as they are. */
record Wrapping(Around around) implements HandlerWrapper {

    @Override
    public <K, V> TopicHandler<K, V> wrap(String consumer, TopicHandler<K, V> handler) {
        return new Wrapped<>(handler, consumer, around);
    }

    private record Wrapped<K, V>(TopicHandler<K, V> handler, String consumer, Around around)
            implements TopicHandler<K, V> {
        @Override
        public void open() throws Exception {
            handler.open();
        }

        @Override
        public void assigned(TopicPartition partition) throws Exception {
            handler.assigned(partition);
        }

        @Override
        public void handle(ConsumerRecord<K, V> record, HandlerContext context) throws Exception {
            around.handle(consumer, record, () -> handler.handle(record, context));
        }

        @Override
        public void revoked(TopicPartition partition) throws Exception {
            handler.revoked(partition);
        }

        @Override
        public void lost(TopicPartition partition) throws Exception {
            handler.lost(partition);
        }

        @Override
        public void close() throws Exception {
            handler.close();
        }
    }
}
