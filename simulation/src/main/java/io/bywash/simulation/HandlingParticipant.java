package io.bywash.simulation;

import io.bywash.core.GroupConsumer;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.snapshot.GroupSnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** A consumer that calls handlers, in which everything is the engine's. */
record HandlingParticipant(GroupConsumer consumer) implements Participant {
    @Override
    public void start() {
        consumer.start();
    }

    @Override
    public void stop(Duration timeout) {
        consumer.stop(timeout);
    }

    @Override
    public void crash() {}

    @Override
    public boolean isAtRest() {
        return true;
    }

    @Override
    public ConsumerState state() {
        return consumer.state();
    }

    @Override
    public Optional<ConsumerFailedException> failure() {
        return consumer.failure();
    }

    @Override
    public GroupSnapshot snapshot() {
        return consumer.snapshot();
    }

    @Override
    public ConsumerSettings settings() {
        return consumer.settings();
    }

    @Override
    public Set<TopicPartition> assignment() {
        return consumer.assignment();
    }

    @Override
    public boolean skipHalted(RecordPosition at) {
        return consumer.skipHalted(at);
    }

    @Override
    public boolean retryHalted(RecordPosition at) {
        return consumer.retryHalted(at);
    }
}
