package io.bywash.benchmarks.subject;

import io.bywash.core.GroupConsumer;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.MetadataLimits;
import io.bywash.core.settings.Ordering;
import io.bywash.handler.TopicHandler;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Bywash with its own defaults, but for the ordering, and once without what it commits beside the offsets. */
final class Bywash implements Subject {
    private final Ordering ordering;
    private final MetadataLimits metadata;

    Bywash(Ordering ordering) {
        this(ordering, MetadataLimits.DEFAULT);
    }

    Bywash(Ordering ordering, MetadataLimits metadata) {
        this.ordering = ordering;
        this.metadata = metadata;
    }

    @Override
    public Stop start(Workload workload, Work work) {
        TopicHandler<byte[], byte[]> handler = (record, context) -> work.handle(record);
        GroupConsumer consumer = GroupConsumer.builder()
                .group(workload.group())
                .topics(workload.topic())
                .kafka(workload.withoutGroup())
                .ordering(ordering)
                .failures(FailurePolicy.DEFAULT.withDeadLetterTopic(Workload.LETTERS))
                .metadataLimits(metadata)
                .handler(handler, ByteArrayDeserializer::new, ByteArrayDeserializer::new)
                .start();
        return consumer::close;
    }
}
