package io.bywash.simulation;

import io.bywash.core.GroupReader;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.snapshot.GroupSnapshot;
import io.bywash.simulation.schedule.Scheduler;
import io.bywash.simulation.workload.Application;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/** A reader with the application that drives it, which takes steps of its own. */
record ReadingParticipant(GroupReader<?, ?> reader, Application application, Scheduler scheduler)
        implements Participant {
    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    @Override
    public void start() {
        reader.start();
        scheduler.add(application);
    }

    /** An interrupted thread asks for the end as any other does, and does not wait for it, which nobody may in a step. */
    @Override
    public void stop(Duration timeout) {
        Thread.currentThread().interrupt();
        reader.close(timeout);
        Thread.interrupted();
    }

    @Override
    public void crash() {
        scheduler.remove(application);
    }

    @Override
    public boolean isAtRest() {
        return application.isOver();
    }

    @Override
    public ConsumerState state() {
        return reader.state();
    }

    @Override
    public Optional<ConsumerFailedException> failure() {
        return reader.failure();
    }

    @Override
    public GroupSnapshot snapshot() {
        return reader.snapshot();
    }

    @Override
    public ConsumerSettings settings() {
        return reader.settings();
    }

    @Override
    public Set<TopicPartition> assignment() {
        Set<TopicPartition> partitions = new TreeSet<>(ORDER);
        reader.subscriptions()
                .forEach((topic, numbers) ->
                        numbers.forEach(number -> partitions.add(new TopicPartition(topic, number))));
        return partitions;
    }

    /** A reader halts no record. */
    @Override
    public boolean skipHalted(RecordPosition at) {
        return false;
    }

    @Override
    public boolean retryHalted(RecordPosition at) {
        return false;
    }
}
