package io.bywash.core.failure;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.GroupConsumer;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.PauseReason;
import io.bywash.core.snapshot.PartitionSnapshot;
import java.time.Duration;
import java.util.Optional;

/** A running consumer, and what can be seen of it from outside. */
record Member(GroupConsumer consumer, EventLog events, MetricRegistry metrics) {

    Optional<PartitionSnapshot> snapshot(int partition) {
        return consumer.snapshot().partitions().stream()
                .filter(one -> one.partition().partition() == partition)
                .findAny();
    }

    PartitionSnapshot awaitPaused(int partition, PauseReason reason) {
        Eventually.holds(
                () -> "partition " + partition + " is paused for " + reason + " in " + consumer.snapshot(),
                () -> snapshot(partition)
                        .filter(one -> one.pauseReasons().contains(reason))
                        .isPresent());
        return snapshot(partition).orElseThrow();
    }

    ConsumerFailedException awaitFailure() {
        Eventually.holds("the consumer is over", () -> consumer.state().isFinal());
        return consumer.failure().orElseThrow();
    }

    /** Closes in good order, so that its partitions are handed over with all that is known of them. */
    void leave() {
        if (!consumer.close(Duration.ofSeconds(20))) {
            throw new AssertionError("the consumer did not close in time");
        }
    }
}
