package io.bywash.core.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Something that happened to a consumer. {@code switch} over the permitted types to react to those that matter. */
public sealed interface GroupEvent {

    /**
     * Tells whether something went wrong.
     *
     * @return false for what happens in the normal course of a consumer
     */
    default boolean isFailure() {
        boolean normal = this instanceof StateChanged
                || this instanceof RebalanceStarted
                || this instanceof RebalanceCompleted
                || this instanceof PartitionsStarted
                || this instanceof DeadLettered
                || this instanceof EventsDropped;
        return this instanceof PositionJumped jumped ? jumped.reason() == JumpReason.RETENTION : !normal;
    }

    /**
     * The consumer moved from one state to another.
     *
     * @param from the state before
     * @param to the state now
     */
    record StateChanged(ConsumerState from, ConsumerState to) implements GroupEvent {}

    /**
     * The group began to share its partitions anew.
     *
     * @param current the partitions this consumer has now
     */
    record RebalanceStarted(Set<TopicPartition> current) implements GroupEvent {}

    /**
     * The partitions are shared.
     *
     * @param claimed the partitions that came
     * @param released the partitions that went
     * @param current the partitions this consumer has now
     */
    record RebalanceCompleted(Set<TopicPartition> claimed, Set<TopicPartition> released, Set<TopicPartition> current)
            implements GroupEvent {}

    /**
     * A rebalance did not come to its end. Partitions were lost, or the position of a new one could not be found out yet.
     *
     * @param cause what went wrong
     * @param current the partitions this consumer has now
     */
    record RebalanceFailed(Throwable cause, Set<TopicPartition> current) implements GroupEvent {}

    /**
     * An attempt at a record failed.
     *
     * @param record the record
     * @param handler the name of its handler
     * @param attempt the number of the attempt, from 1
     * @param cause what the handler or the deserialiser threw
     * @param next what follows
     */
    record AttemptFailed(RecordPosition record, String handler, int attempt, Throwable cause, NextStep next)
            implements GroupEvent {}

    /** What follows a failed attempt. */
    enum NextStep {
        /** Another attempt, after the back-off. */
        RETRY,
        /** The dead-letter topic. */
        DEAD_LETTER,
        /** The record is left out. */
        SKIP,
        /** The partition stops. */
        HALT,
        /** The consumer stops. */
        STOP
    }

    /**
     * The broker acknowledged a dead letter.
     *
     * @param record the record
     * @param topic the dead-letter topic
     * @param attempts how often the record was tried
     */
    record DeadLettered(RecordPosition record, String topic, int attempts) implements GroupEvent {}

    /**
     * The dead-letter topic did not take a record. The partition waits; the write is tried again.
     *
     * @param record the record
     * @param topic the dead-letter topic
     * @param cause what the producer said
     */
    record DeadLetterFailed(RecordPosition record, String topic, Throwable cause) implements GroupEvent {}

    /**
     * A record was left out, as the failure policy says.
     *
     * @param record the record
     * @param attempts how often it was tried
     * @param cause the last failure
     */
    record Skipped(RecordPosition record, int attempts, Throwable cause) implements GroupEvent {}

    /**
     * A partition stopped until an operator decides.
     *
     * @param at the record, or the position, it stopped at
     * @param cause why
     */
    record PartitionHalted(RecordPosition at, Throwable cause) implements GroupEvent {}

    /**
     * A call has been running for long.
     *
     * @param record the record it works on
     * @param handler the name of the handler
     * @param age how long it has been running
     * @param thread the name of its thread
     * @param stack where the thread is
     */
    record HandlerStuck(
            RecordPosition record, String handler, Duration age, String thread, List<StackTraceElement> stack)
            implements GroupEvent {}

    /**
     * A partition has not moved although records wait.
     *
     * @param at the first record that is not complete
     * @param waiting how many records wait in this process
     * @param age for how long
     * @param hold what it is held up by
     * @param call the call that holds it up, if it is one
     */
    record PartitionStalled(RecordPosition at, long waiting, Duration age, Hold hold, Optional<Running> call)
            implements GroupEvent {}

    /**
     * What holds a partition up, as the snapshot says it.
     *
     * @param cause the name of the cause, one of {@code io.bywash.core.snapshot.HoldCause}
     * @param record the record, or the position, it waits at
     * @param key the key of that record, printable and shortened; empty if it has none or it is not known
     * @param since since when
     * @param why the details, for a person
     * @param remedy what to do about it
     */
    record Hold(String cause, RecordPosition record, Optional<String> key, Instant since, String why, String remedy) {}

    /**
     * A call that is under way.
     *
     * @param thread the name of what it runs on
     * @param stack where it is, innermost call first; empty if it is on no thread or over
     */
    record Running(String thread, List<StackTraceElement> stack) {}

    /**
     * Partitions without a committed offset begin where {@code start-from} says. They are those of a new group, those that are new to a
     * group, or those whose offsets the brokers have dropped; which of them, nothing tells. One event is for all that were found at
     * once.
     *
     * @param positions the offset at which each begins
     */
    record PartitionsStarted(Map<TopicPartition, Long> positions) implements GroupEvent {}

    /**
     * The position of a partition moved in another way than by reading.
     *
     * @param partition the partition
     * @param from the offset that would have been read next
     * @param to the offset that is read next
     * @param reason why
     */
    record PositionJumped(TopicPartition partition, long from, long to, JumpReason reason) implements GroupEvent {}

    /** Why a position moved. */
    enum JumpReason {
        /** Retention removed the records in between. */
        RETENTION,
        /** The application asked for it. */
        RESET,
        /** The topic was deleted, and another one has got its name: nothing of it was read or is committed. */
        RECREATED
    }

    /**
     * A result came after its partition was gone, and was ignored: a call that came back late, or a mark or reset by a reader.
     *
     * @param record the record it concerns
     */
    record LateResult(RecordPosition record) implements GroupEvent {}

    /**
     * A commit did not succeed. The next one covers it.
     *
     * @param cause what the client said
     */
    record CommitFailed(Throwable cause) implements GroupEvent {}

    /**
     * A callback of a handler ({@code assigned}, {@code revoked}, {@code lost}) threw.
     *
     * @param partition the partition it was called for
     * @param handler the name of the handler
     * @param cause what it threw
     */
    record CallbackFailed(TopicPartition partition, String handler, Throwable cause) implements GroupEvent {}

    /**
     * A record could not be decoded. Its reader was handed it all the same, and decides what becomes of it.
     *
     * @param record the record
     * @param cause what the deserialiser threw
     */
    record DecodeFailed(RecordPosition record, Throwable cause) implements GroupEvent {}

    /**
     * A partition was given up before the reader of its stream had closed it, although the drain time-out had passed. What is
     * marked from now on comes too late.
     *
     * @param partition the partition
     */
    record StreamNotClosed(TopicPartition partition) implements GroupEvent {}

    /**
     * A poll failed in a way that may pass. The consumer tries again.
     *
     * @param cause what the client said
     */
    record PollFailed(Throwable cause) implements GroupEvent {}

    /**
     * Listed topics do not exist yet. The consumer reads them once they do.
     *
     * @param topics the topics
     */
    record TopicsMissing(Set<String> topics) implements GroupEvent {}

    /**
     * The consumer stopped on a failure that it could not mend.
     *
     * @param cause the failure
     */
    record ConsumerFailed(Throwable cause) implements GroupEvent {}

    /**
     * A listener was too slow for some events.
     *
     * @param count how many it missed
     */
    record EventsDropped(long count) implements GroupEvent {}
}
