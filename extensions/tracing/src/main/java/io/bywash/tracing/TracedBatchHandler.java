package io.bywash.tracing;

import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.HandlerContext;
import io.bywash.runtime.wrap.WrappedHandler;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A handler of batches: one span for each call. */
record TracedBatchHandler<K, V>(BatchTopicHandler<K, V> handler, Spans spans)
        implements BatchTopicHandler<K, V>, WrappedHandler<K, V> {
    @Override
    public void handleBatch(List<ConsumerRecord<K, V>> records, HandlerContext context) throws Exception {
        CallSpan span = spans.begin(records, context.attempt());
        span.around(() -> {
            handler.handleBatch(records, context);
            return Boolean.TRUE;
        });
        span.end();
    }
}
