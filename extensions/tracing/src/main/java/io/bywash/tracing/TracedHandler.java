package io.bywash.tracing;

import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.wrap.WrappedHandler;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A handler of single records: one span for each call. */
record TracedHandler<K, V>(TopicHandler<K, V> handler, Spans spans) implements WrappedHandler<K, V> {
    @Override
    public void handle(ConsumerRecord<K, V> record, HandlerContext context) throws Exception {
        CallSpan span = spans.begin(record, context.attempt());
        span.around(() -> {
            handler.handle(record, context);
            return Boolean.TRUE;
        });
        span.end();
    }
}
