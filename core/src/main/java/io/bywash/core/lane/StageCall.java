package io.bywash.core.lane;

import io.bywash.core.session.CallInFlight;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.worker.HandlerCall;
import io.bywash.core.worker.InterruptibleCall.Cause;
import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.HandlerContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One call of a handler that returns a stage, and the stage until it completes. The lane begins it; after that it belongs to whoever
 * completes the stage.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
final class StageCall<K, V> implements HandlerCall, HandlerContext {
    private final AsyncTopicHandler<K, V> handler;
    private final StageCaller<K, V> caller;
    private final Item item;
    private final int attempt;
    private final OptionalLong began;
    private final AtomicBoolean completed = new AtomicBoolean();
    private @Nullable CompletionStage<?> stage;
    private @Nullable Throwable failure;
    private boolean begun;
    private volatile boolean expired;
    private volatile boolean cancelled;

    /**
     * Creates a call.
     *
     * @param began when it begins, a time of the ticker; nothing if it is not to be timed
     */
    StageCall(AsyncTopicHandler<K, V> handler, StageCaller<K, V> caller, Item item, OptionalLong began) {
        this.began = began;
        this.handler = handler;
        this.caller = caller;
        this.item = item;
        this.attempt = session().failed().attempts(item.record) + 1;
    }

    @Override
    public List<ConsumerRecord<byte[], byte[]>> records() {
        return List.of(item.record);
    }

    @Override
    public void run() {
        try {
            ConsumerRecord<K, V> record = caller.decode(item.record);
            stage = handler.handleAsync(record, this);
            if (stage == null) {
                failure =
                        new NullPointerException("the handler returned no stage; it has to return one that completes");
            }
        } catch (Throwable thrown) {
            failure = thrown;
        }
        begun = true;
    }

    /** Tells whether the handler has returned. */
    boolean isBegun() {
        return begun;
    }

    /** Returns what the handler threw instead of returning a stage. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Waits for the stage from now on; called once, by the lane, if there is one.
     *
     * @param interrupted why the handler was interrupted before it returned the stage, which then is of no more use
     */
    void follow(Cause interrupted) {
        item.partition.stages().add(this);
        try {
            Objects.requireNonNull(stage).whenComplete((ignored, thrown) -> complete(Optional.ofNullable(thrown)));
        } catch (Throwable thrown) {
            // A stage of somebody's own making may refuse to be followed.
            complete(Optional.of(thrown));
        }
        if (interrupted != Cause.NONE) {
            cancel();
        }
    }

    /** A stage of somebody's own making may say so twice. */
    private void complete(Optional<Throwable> thrown) {
        if (completed.compareAndSet(false, true)) {
            item.partition.stages().remove(this);
            caller.completed(item, expired, thrown.map(StageCall::unwrapped), began);
        }
    }

    private static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    /** Notes that the attempt has taken too long; it has failed, whatever becomes of the stage. */
    void expire() {
        expired = true;
    }

    /** Asks the stage to give up, once. May run code of the application. */
    void cancel() {
        if (cancelled) {
            return;
        }
        cancelled = true;
        try {
            Objects.requireNonNull(stage).toCompletableFuture().cancel(true);
        } catch (RuntimeException e) {
            // Then it cannot be cancelled, and is waited for.
        }
    }

    long offset() {
        return item.record.offset();
    }

    byte @Nullable [] key() {
        return item.record.key();
    }

    CallInFlight.Id id() {
        return new CallInFlight.Id(offset(), attempt - 1, "stage of offset " + offset());
    }

    private PartitionSession session() {
        return item.partition.session();
    }

    @Override
    public TopicPartition partition() {
        return session().partition();
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public boolean isRevoking() {
        return !session().isOpen();
    }
}
