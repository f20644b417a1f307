package io.bywash.core.lane;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.binding.RecordDecoder;
import io.bywash.core.metrics.ConsumerMetrics.Count;
import io.bywash.core.worker.AttemptTimedOutException;
import io.bywash.core.worker.InterruptibleCall.Cause;
import io.bywash.core.worker.Verdict;
import io.bywash.core.worker.WorkerContext;
import io.bywash.handler.AsyncTopicHandler;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Calls a handler that returns stages. {@link #completed} is called by whoever completes a stage, on any thread, the rest by the lane.
 */
final class StageCaller<K, V> implements Caller {
    private static final Optional<Integer> NONE = Optional.of(0);

    private final WorkerContext context;
    private final Lanes lanes;
    private final AsyncTopicHandler<K, V> handler;
    private final RecordDecoder<K, V> decoder;
    private final Verdict verdict;

    /** Of stages that are quick to complete so many go by untimed for one that is timed. */
    private static final int SAMPLE = 64;

    private static final long SLOW_NANOS = 50_000;
    private int number;
    private volatile boolean slow = true;

    @SuppressWarnings("NullAway.Init") // prepare comes before every call
    private StageCall<K, V> call;

    StageCaller(WorkerContext context, Lanes lanes, HandlerBinding<K, V> binding, AsyncTopicHandler<K, V> handler) {
        this.context = context;
        this.lanes = lanes;
        this.handler = handler;
        this.decoder = new RecordDecoder<>(binding.keys(), binding.values());
        this.verdict = new Verdict(context);
    }

    ConsumerRecord<K, V> decode(ConsumerRecord<byte[], byte[]> raw) {
        return decoder.decode(raw);
    }

    @Override
    public Runnable prepare(Item item) {
        boolean timed = slow || number++ % SAMPLE == 0;
        call = new StageCall<>(handler, this, item, timed ? OptionalLong.of(context.now()) : OptionalLong.empty());
        return call;
    }

    @Override
    public boolean isOver() {
        return call.isBegun();
    }

    @Override
    public Optional<Integer> finish(Item item, Cause interrupted) {
        if (interrupted == Cause.TIMED_OUT) {
            call.expire();
        }
        if (call.failure().isPresent()) {
            item.result = result(item, inTime(call.failure(), interrupted == Cause.TIMED_OUT));
            return NONE;
        }
        lanes.stageBegins();
        call.follow(interrupted);
        return Optional.empty();
    }

    private Result result(Item item, Optional<Throwable> failure) {
        return switch (verdict.on(item.partition.session(), item.record, failure)) {
            case HANDLED -> Result.HANDLED;
            case FAILED -> new Result.Failed(failure.orElseThrow());
            case VOID -> Result.VOID;
        };
    }

    /** Returns the failure of a call; to be late is one, whatever came of it. */
    private Optional<Throwable> inTime(Optional<Throwable> thrown, boolean expired) {
        return expired ? context.settings().failures().attemptTimeout().map(AttemptTimedOutException::new) : thrown;
    }

    void completed(Item item, boolean expired, Optional<Throwable> thrown, OptionalLong began) {
        item.result = result(item, inTime(thrown, expired));
        began.ifPresent(from -> took(item, context.now() - from));
        if (item.result instanceof Result.Handled) {
            context.metrics().add(Count.HANDLED, 1);
        }
        item.partition.sequencer().settle(item);
        item.partition.attend();
        lanes.stageEnded();
    }

    private void took(Item item, long nanos) {
        slow = nanos > SLOW_NANOS;
        item.partition.times().took(nanos);
        if (item.result instanceof Result.Handled) {
            item.partition.times().handled(item.record);
        }
    }

    @Override
    public void close() {
        decoder.close();
    }
}
