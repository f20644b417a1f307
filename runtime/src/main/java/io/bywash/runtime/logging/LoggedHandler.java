package io.bywash.runtime.logging;

import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.wrap.WrappedHandler;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A handler of single records whose log lines say of which record they are. */
record LoggedHandler<K, V>(TopicHandler<K, V> handler, LogFields fields) implements WrappedHandler<K, V> {
    @Override
    public void handle(ConsumerRecord<K, V> record, HandlerContext context) throws Exception {
        fields.set(record);
        try {
            handler.handle(record, context);
        } finally {
            fields.remove();
        }
    }
}
