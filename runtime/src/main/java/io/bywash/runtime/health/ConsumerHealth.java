package io.bywash.runtime.health;

import io.bywash.core.GroupConsumer;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.GroupSnapshot;
import io.bywash.core.snapshot.PartitionSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How one consumer is at one moment.
 *
 * @param name its name
 * @param state its state
 * @param failure what kind of failure stopped it; empty if none did
 * @param snapshot where its partitions stand
 * @param turnAge how long ago its poll loop last began a turn; zero before the first and after the last
 * @param turnLimit how long a turn may take: half of {@code max.poll.interval.ms}, which no turn of a sound loop exceeds, whatever
 *     the broker does
 */
public record ConsumerHealth(
        String name,
        ConsumerState state,
        Optional<ConsumerFailedException.Kind> failure,
        GroupSnapshot snapshot,
        Duration turnAge,
        Duration turnLimit) {

    static ConsumerHealth of(String name, GroupConsumer consumer) {
        return new ConsumerHealth(
                name,
                consumer.state(),
                consumer.failure().map(ConsumerFailedException::kind),
                consumer.snapshot(),
                consumer.turnAge(),
                Duration.ofMillis(consumer.settings().kafka().maxPollIntervalMs() / 2));
    }

    /**
     * Says why only a new process helps. A broker that is away is no reason.
     *
     * @return empty if the consumer lives, or was closed on purpose
     */
    public Optional<String> notLive() {
        if (state == ConsumerState.FAILED) {
            return Optional.of(failed());
        }
        if (!state.isFinal() && turnAge.compareTo(turnLimit) > 0) {
            return Optional.of("the poll loop has not turned for " + turnAge.toSeconds()
                    + " s, and half of max.poll.interval.ms is " + turnLimit.toSeconds()
                    + " s; take a thread dump and restart the process");
        }
        return Optional.empty();
    }

    /**
     * Says why it does not do its work.
     *
     * @return empty while it is a member of its group
     */
    public Optional<String> notReady() {
        return switch (state) {
            case RUNNING -> Optional.empty();
            case CREATED -> Optional.of("not started");
            case STARTING -> Optional.of("has not joined its group yet");
            case DEGRADED -> Optional.of("cut off from its group; it keeps trying");
            case DRAINING -> Optional.of("stopping");
            case CLOSED -> Optional.of("closed");
            case FAILED -> Optional.of(failed());
        };
    }

    /**
     * Says why it does not count as started.
     *
     * @return empty once it has been a member of its group, and after it was closed on purpose
     */
    public Optional<String> notStarted() {
        return switch (state) {
            case CREATED, STARTING, FAILED -> notReady();
            case RUNNING, DEGRADED, DRAINING, CLOSED -> Optional.empty();
        };
    }

    private String failed() {
        return "failed" + failure.map(kind -> " (" + kind + ")").orElse("")
                + " and does not come back by itself; see the log, mend it and restart the process";
    }

    /**
     * Returns the partitions that something holds up.
     *
     * @return their snapshots, sorted by topic and number
     */
    public List<PartitionSnapshot> held() {
        return snapshot.partitions().stream()
                .filter(partition -> partition.condition() instanceof Condition.Held)
                .toList();
    }
}
