package io.bywash.core.event;

import io.bywash.core.event.ConsumerFailedException.Kind;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes events to the log, each at the level an operator would expect. Every consumer has one. */
public final class LoggingListener implements GroupListener {
    private static final int MOST_NAMED = 100;

    private final Logger log;
    private final String consumer;

    /**
     * Creates a listener that logs as {@code io.bywash.<consumer>}.
     *
     * @param consumer the consumer's name
     */
    public LoggingListener(String consumer) {
        this.consumer = consumer;
        this.log = LoggerFactory.getLogger("io.bywash." + consumer);
    }

    @Override
    public void on(GroupEvent event) {
        if (event instanceof GroupEvent.ConsumerFailed failed) {
            failed(failed.cause());
        } else if (event instanceof GroupEvent.PartitionHalted halted) {
            log.error(
                    "{} halted at {}: {}", consumer, halted.at(), halted.cause().getMessage(), halted.cause());
        } else if (event instanceof GroupEvent.PositionJumped jumped) {
            jumped(jumped);
        } else if (event instanceof GroupEvent.HandlerStuck stuck) {
            log.error(
                    "{}: handler {} has been at {} for {} s on thread {}: {}",
                    consumer,
                    stuck.handler(),
                    stuck.record(),
                    stuck.age().toSeconds(),
                    stuck.thread(),
                    stuck.stack());
        } else if (event instanceof GroupEvent.PartitionStalled stalled) {
            stalled(stalled);
        } else if (event instanceof GroupEvent.AttemptFailed failed) {
            attemptFailed(failed);
        } else {
            rest(event);
        }
    }

    /** Whoever has to correct a setting or ask for access learns nothing from a stack. */
    private void failed(Throwable cause) {
        boolean told = cause instanceof ConsumerFailedException known
                && (known.kind() == Kind.CONFIGURATION || known.kind() == Kind.REFUSED);
        log.atError().setCause(told ? null : cause).log("{} stopped: {}", consumer, cause.getMessage());
    }

    /** The stack is told once per record, with the attempt that decides. */
    private void attemptFailed(GroupEvent.AttemptFailed failed) {
        String attempt = consumer + ": attempt " + failed.attempt() + " of handler " + failed.handler() + " at "
                + failed.record() + " failed, " + failed.next() + " follows";
        if (failed.next() == GroupEvent.NextStep.RETRY) {
            log.warn("{}: {}", attempt, failed.cause().toString());
        } else {
            log.warn(attempt, failed.cause());
        }
    }

    private void stalled(GroupEvent.PartitionStalled stalled) {
        GroupEvent.Hold hold = stalled.hold();
        log.error(
                "{} has stood at {} for {} s although records wait, {} of them here: {} at {}{} since {}: {}; {}{}",
                consumer,
                stalled.at(),
                stalled.age().toSeconds(),
                stalled.waiting(),
                hold.cause(),
                hold.record(),
                hold.key().map(key -> ", key " + key + ",").orElse(""),
                hold.since(),
                hold.why(),
                hold.remedy(),
                stalled.call()
                        .map(call -> "; thread " + call.thread() + " is at " + call.stack())
                        .orElse(""));
    }

    private void jumped(GroupEvent.PositionJumped jumped) {
        switch (jumped.reason()) {
            case RETENTION ->
                log.error(
                        "{} lost {} offsets of {}: retention removed {} to {} before they were read",
                        consumer,
                        jumped.to() - jumped.from(),
                        jumped.partition(),
                        jumped.from(),
                        jumped.to() - 1);
            case RECREATED ->
                log.warn(
                        "{} begins anew with {} at {} and not at {}: the topic was deleted, and another one has got its name",
                        consumer,
                        jumped.partition(),
                        jumped.to(),
                        jumped.from());
            case RESET ->
                log.warn("{} was reset from {} to {} of {}", consumer, jumped.from(), jumped.to(), jumped.partition());
        }
    }

    /** Of thousands, nobody reads more than how many they are. */
    private static String some(Set<TopicPartition> partitions) {
        return partitions.size() <= MOST_NAMED
                ? partitions.toString()
                : partitions.size() + ", such as "
                        + partitions.stream().limit(MOST_NAMED).toList();
    }

    private void rest(GroupEvent event) {
        if (event instanceof GroupEvent.StateChanged changed) {
            log.atLevel(changed.to() == ConsumerState.DEGRADED ? Level.WARN : Level.INFO)
                    .log("{} is {} (was {})", consumer, changed.to(), changed.from());
        } else if (event instanceof GroupEvent.RebalanceStarted started) {
            log.debug("{} rebalances, it has {}", consumer, started.current());
        } else if (event instanceof GroupEvent.RebalanceCompleted completed) {
            log.info(
                    "{} has {} partitions: {} came, {} went",
                    consumer,
                    completed.current().size(),
                    some(completed.claimed()),
                    some(completed.released()));
        } else if (event instanceof GroupEvent.PartitionsStarted started) {
            log.info(
                    "{} begins {} partitions where start-from says, since no offset is committed: {}",
                    consumer,
                    started.positions().size(),
                    started.positions().entrySet().stream()
                            .limit(MOST_NAMED)
                            .map(begin -> begin.getKey() + " at " + begin.getValue())
                            .toList());
        } else if (event instanceof GroupEvent.DeadLettered letter) {
            log.warn("{}: {} went to {}, attempts: {}", consumer, letter.record(), letter.topic(), letter.attempts());
        } else if (event instanceof GroupEvent.TopicsMissing missing) {
            log.warn(
                    "{} waits for topics {}, which do not exist; create them, or correct the names",
                    consumer,
                    missing.topics());
        } else if (event instanceof GroupEvent.PollFailed failed) {
            log.warn(
                    "{} keeps trying after a failure: {}",
                    consumer,
                    failed.cause().toString());
        } else {
            log.warn("{}: {}", consumer, event);
        }
    }
}
