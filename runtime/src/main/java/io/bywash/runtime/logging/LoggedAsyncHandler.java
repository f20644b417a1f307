package io.bywash.runtime.logging;

import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.HandlerContext;
import io.bywash.runtime.wrap.WrappedHandler;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A handler of stages whose log lines say of which record they are, until the stage is returned: what it does runs on threads of the handler's choice. */
record LoggedAsyncHandler<K, V>(AsyncTopicHandler<K, V> handler, LogFields fields)
        implements AsyncTopicHandler<K, V>, WrappedHandler<K, V> {
    @Override
    public CompletionStage<?> handleAsync(ConsumerRecord<K, V> record, HandlerContext context) throws Exception {
        fields.set(record);
        try {
            return handler.handleAsync(record, context);
        } finally {
            fields.remove();
        }
    }
}
