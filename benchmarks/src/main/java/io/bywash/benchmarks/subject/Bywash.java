package io.bywash.benchmarks.subject;

import io.bywash.core.GroupConsumer;
import io.bywash.core.settings.Ordering;
import io.bywash.handler.TopicHandler;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Bywash with its own defaults, but for the ordering. */
final class Bywash implements Subject {
    private final Ordering ordering;

    Bywash(Ordering ordering) {
        this.ordering = ordering;
    }

    @Override
    public Stop start(Workload workload, Work work) {
        TopicHandler<byte[], byte[]> handler = (record, context) -> work.handle(record);
        GroupConsumer consumer = GroupConsumer.builder()
                .group(workload.group())
                .topics(workload.topic())
                .kafka(Map.of("bootstrap.servers", workload.bootstrap()))
                .ordering(ordering)
                .handler(handler, ByteArrayDeserializer::new, ByteArrayDeserializer::new)
                .start();
        return consumer::close;
    }
}
