package io.bywash.simulation;

import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.snapshot.GroupSnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What a process takes part in its group with: a consumer that calls handlers, or a reader whose application drives the loop. */
interface Participant {
    void start();

    /** Asks for the end within a time, and does not wait for it. */
    void stop(Duration timeout);

    /** Ends all of it that is not the engine's, in the middle of whatever it is in. */
    void crash();

    /** Tells whether all of it that is not the engine's has come to its end. */
    boolean isAtRest();

    ConsumerState state();

    Optional<ConsumerFailedException> failure();

    GroupSnapshot snapshot();

    ConsumerSettings settings();

    Set<TopicPartition> assignment();

    /** Has a halted record left out; returns whether there is one. */
    boolean skipHalted(RecordPosition at);

    /** Has a halted record tried again; returns whether there is one. */
    boolean retryHalted(RecordPosition at);
}
