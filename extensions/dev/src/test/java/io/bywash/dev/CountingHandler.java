package io.bywash.dev;

import io.bywash.handler.HandlerContext;
import io.bywash.handler.Handles;
import io.bywash.handler.TopicHandler;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes everything. Found by name only, so that other tests do without it. */
@Handles(name = "counting")
public final class CountingHandler implements TopicHandler<String, byte[]> {
    @Override
    public void handle(ConsumerRecord<String, byte[]> record, HandlerContext context) {
        record.value();
    }
}
