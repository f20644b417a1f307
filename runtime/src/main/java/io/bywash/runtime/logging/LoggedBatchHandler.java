package io.bywash.runtime.logging;

import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.HandlerContext;
import io.bywash.runtime.wrap.WrappedHandler;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A handler of batches whose log lines say of which records they are. */
record LoggedBatchHandler<K, V>(BatchTopicHandler<K, V> handler, LogFields fields)
        implements BatchTopicHandler<K, V>, WrappedHandler<K, V> {
    @Override
    public void handleBatch(List<ConsumerRecord<K, V>> records, HandlerContext context) throws Exception {
        fields.set(records);
        try {
            handler.handleBatch(records, context);
        } finally {
            fields.remove();
        }
    }
}
