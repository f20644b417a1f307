package io.bywash.monitoring;

import io.bywash.core.event.ConsumerState;
import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.GroupSnapshot;
import io.bywash.core.snapshot.HoldCause;
import io.bywash.core.snapshot.PartitionSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Consumers as they might look. */
final class Views {
    static final Condition HALTED = new Condition.Held(
            HoldCause.HALTED,
            true,
            41,
            Optional.of("the-key"),
            Instant.ofEpochSecond(1_700_000_000),
            Optional.empty(),
            "the message of an exception");

    private Views() {}

    static PartitionSnapshot partition(String topic, int number, Condition condition) {
        return new PartitionSnapshot(
                new TopicPartition(topic, number),
                "order-handler",
                40,
                41,
                60,
                141,
                19,
                Duration.ofMillis(2_500),
                Set.of(),
                condition,
                List.of(),
                7,
                List.of());
    }

    static GroupSnapshot snapshot(PartitionSnapshot... partitions) {
        return new GroupSnapshot(ConsumerState.RUNNING, Instant.EPOCH, List.of(partitions));
    }

    static ConsumerView consumer(String name, PartitionSnapshot... partitions) {
        return new ConsumerView(
                name,
                List.of("order-handler"),
                ConsumerState.RUNNING,
                snapshot(partitions),
                93,
                3,
                Duration.ofMillis(125));
    }
}
