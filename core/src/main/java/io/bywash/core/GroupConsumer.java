package io.bywash.core;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.binding.HandlerRoutes;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.EventStream;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.session.FailedRecord.Standing;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.snapshot.GroupSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of a consumer group that hands records to handlers: one worker per partition, in the order of the partition, and
 * offsets committed only after the work is done.
 *
 * <pre>{@code
 * try (GroupConsumer consumer = GroupConsumer.builder()
 *         .group("billing")
 *         .topics("orders")
 *         .kafka(Map.of("bootstrap.servers", "localhost:9092"))
 *         .handler(new OrderHandler())
 *         .start()) {
 *     consumer.awaitEnd(Duration.ofHours(1));
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread, those of the consumer's own handlers and listeners excepted for the ones that wait.
 */
public final class GroupConsumer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupConsumer.class);

    private final Engine engine;
    private final HandlerRoutes routes;
    private final List<HandlerBinding<?, ?>> opened = new ArrayList<>();

    GroupConsumer(Engine engine, HandlerRoutes routes) {
        this.engine = engine;
        this.routes = routes;
        engine.attach(
                parts -> new HandlerTakers(parts, routes),
                topic -> routes.forTopic(topic).name(),
                this::closeHandlers);
    }

    /**
     * Begins to describe a consumer.
     *
     * @return a builder
     */
    public static GroupConsumerBuilder builder() {
        return new GroupConsumerBuilder();
    }

    /**
     * Opens the handlers and starts to join the group. Returns before it has joined.
     *
     * @throws ConsumerFailedException if a handler does not open; those opened before it are closed again
     * @throws IllegalStateException if the consumer was started before
     */
    public void start() {
        engine.starting();
        for (HandlerBinding<?, ?> binding : routes.all()) {
            try {
                binding.handler().open();
                opened.add(binding);
            } catch (Exception | Error e) {
                ConsumerFailedException failure = new ConsumerFailedException(
                        Kind.HANDLER, "handler " + binding.name() + " does not open: " + e, e);
                closeHandlers();
                engine.failToStart(failure);
                throw failure;
            }
        }
        engine.start();
    }

    private void closeHandlers() {
        for (int i = opened.size() - 1; i >= 0; i--) {
            HandlerBinding<?, ?> binding = opened.get(i);
            try {
                binding.handler().close();
            } catch (Exception | Error e) {
                LOG.warn("handler {} closed with a failure", binding.name(), e);
            }
        }
        opened.clear();
    }

    /**
     * Returns the settings.
     *
     * @return what the consumer was told
     */
    public ConsumerSettings settings() {
        return engine.settings();
    }

    /**
     * Returns the state.
     *
     * @return the state now
     */
    public ConsumerState state() {
        return engine.status().state();
    }

    /**
     * Tells whether the consumer has joined its group and the broker answers.
     *
     * @return true while {@link ConsumerState#RUNNING}
     */
    public boolean isReady() {
        return state() == ConsumerState.RUNNING;
    }

    /**
     * Returns the failure that stopped the consumer.
     *
     * @return the failure, once there is one
     */
    public Optional<ConsumerFailedException> failure() {
        return engine.status().failure();
    }

    /**
     * Returns the partitions this consumer has.
     *
     * @return an immutable set
     */
    public Set<TopicPartition> assignment() {
        return engine.control().assignment();
    }

    /**
     * Returns where the partitions stand, as of at most half a second ago.
     *
     * @return the last snapshot
     */
    public GroupSnapshot snapshot() {
        return engine.snapshot();
    }

    /**
     * Tells how long ago the poll loop last began a turn, for whoever watches whether it still turns. It waits in the middle of one
     * during a rebalance, for at most the drain time-out, and between two while the broker fails; both together stay below half of
     * the client's {@code max.poll.interval.ms}.
     *
     * @return zero before the first turn and after the last; {@link #state} tells which
     */
    public Duration turnAge() {
        return engine.context().progress().turnAge();
    }

    /**
     * Opens a stream of events from now on.
     *
     * @return the stream, which the caller closes
     */
    public EventStream events() {
        return engine.events(event -> true);
    }

    /**
     * Stops fetching partitions until they are resumed. Buffered records are still handled.
     *
     * @param partitions the partitions
     */
    public void pause(Collection<TopicPartition> partitions) {
        engine.control().pause(partitions);
    }

    /**
     * Undoes {@link #pause}.
     *
     * @param partitions the partitions
     */
    public void resume(Collection<TopicPartition> partitions) {
        engine.control().resume(partitions);
    }

    /**
     * Has a record tried again, with all its attempts, at which its partition or key is halted. The order is about this record
     * alone, and is not kept for a later halt. A partition that is halted at a position it cannot be read from, where there is no
     * record, needs a {@link #reset}.
     *
     * @param record the record, as {@link io.bywash.core.event.GroupEvent.PartitionHalted} names it
     * @return false, and nothing happens, if no such record is halted here now or another order came before
     */
    public boolean retryHalted(RecordPosition record) {
        return engine.control().order(record, Standing.RETRY_ORDERED);
    }

    /**
     * Leaves a record out at which its partition or key is halted. The order is about this record alone, and is not kept for a
     * later halt.
     *
     * @param record the record, as {@link io.bywash.core.event.GroupEvent.PartitionHalted} names it
     * @return false, and nothing happens, if no such record is halted here now or another order came before
     */
    public boolean skipHalted(RecordPosition record) {
        return engine.control().order(record, Standing.SKIP_ORDERED);
    }

    /**
     * Goes to another position, back or on, and commits it. Calls that run for the partition are interrupted and no longer count.
     * This is also the way on for a partition that is halted at a position it cannot be read from. If the partition is not here by
     * then, nothing happens but a {@link io.bywash.core.event.GroupEvent.LateResult}.
     *
     * @param partition a partition that is here
     * @param offset the offset to read next; below the start of the log reading goes on there, beyond its end the partition halts
     * @throws IllegalArgumentException if the offset is negative
     */
    public void reset(TopicPartition partition, long offset) {
        engine.control().reset(new RecordPosition(partition, offset));
    }

    /**
     * Waits for the end.
     *
     * @param timeout how long
     * @return whether the consumer is over
     * @throws InterruptedException if the calling thread is interrupted
     */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return engine.awaitEnd(timeout);
    }

    /**
     * Begins to stop, and returns at once. The consumer takes no more records, lets the calls in flight finish, commits, leaves the
     * group and closes the handlers. A call that is not over in time is interrupted, and its record is read again by the next
     * owner. {@link #awaitEnd} and {@link #state} tell when it is over. Handlers and listeners may call this too.
     *
     * @param timeout how long all of it may take
     */
    public void stop(Duration timeout) {
        engine.stop(timeout);
    }

    /**
     * {@linkplain #stop Stops} and waits for the end.
     *
     * @param timeout how long all of it may take
     * @return whether the consumer is over
     */
    public boolean close(Duration timeout) {
        return engine.close(timeout);
    }

    /** Closes within the drain time-out of the settings. */
    @Override
    public void close() {
        close(settings().timing().drainTimeout());
    }
}
