package io.bywash.benchmarks;

import io.bywash.core.GroupConsumer;
import io.bywash.handler.TopicHandler;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Bywash with its own defaults. */
final class BywashPartitions implements Subject {

    @Override
    public String name() {
        return "bywash";
    }

    @Override
    public Stop start(Workload workload, Counts counts) {
        TopicHandler<byte[], byte[]> handler = (record, context) -> counts.add(record.partition());
        GroupConsumer consumer = GroupConsumer.builder()
                .group(workload.group())
                .topics(workload.topic())
                .kafka(Map.of("bootstrap.servers", workload.bootstrap()))
                .handler(handler, ByteArrayDeserializer::new, ByteArrayDeserializer::new)
                .start();
        return consumer::close;
    }
}
