package io.bywash.dev;

import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.plan.ConsumerPlan;
import io.bywash.testkit.EmbeddedKafka;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** How much has come for the consumers since the command began, whoever sent it. Asks the embedded broker. */
final class Arrivals {
    private final Bywash bywash;
    private final EmbeddedKafka kafka;
    private final Map<String, Map<TopicPartition, Long>> before = new HashMap<>();

    /** Takes what the groups have committed in former runs as the beginning. */
    Arrivals(Bywash bywash, EmbeddedKafka kafka) {
        this.bywash = bywash;
        this.kafka = kafka;
        for (ConsumerPlan consumer : bywash.preparation().plan().consumers()) {
            Map<TopicPartition, Long> committed = new HashMap<>();
            kafka.committedOffsets(consumer.group())
                    .forEach((partition, offset) -> committed.put(partition, offset.offset()));
            before.put(consumer.name(), committed);
        }
    }

    /** Counts a record once for each consumer that reads its topic. */
    long count() {
        return bywash.preparation().plan().consumers().stream()
                .mapToLong(this::count)
                .sum();
    }

    private long count(ConsumerPlan consumer) {
        Map<TopicPartition, Long> committed = Objects.requireNonNull(before.get(consumer.name()));
        return topics(consumer).stream()
                .flatMap(topic -> kafka.endOffsets(topic).entrySet().stream())
                .mapToLong(end -> end.getValue() - committed.getOrDefault(end.getKey(), 0L))
                .sum();
    }

    private Set<String> topics(ConsumerPlan consumer) {
        Set<String> listed = DevTopics.of(consumer);
        return listed.isEmpty()
                ? Objects.requireNonNull(bywash.consumers().get(consumer.name())).snapshot().partitions().stream()
                        .map(PartitionSnapshot::partition)
                        .map(TopicPartition::topic)
                        .collect(Collectors.toSet())
                : listed;
    }
}
