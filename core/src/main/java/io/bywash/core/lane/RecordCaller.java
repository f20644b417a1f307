package io.bywash.core.lane;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.worker.AttemptTimedOutException;
import io.bywash.core.worker.InterruptibleCall.Cause;
import io.bywash.core.worker.RecordCall;
import io.bywash.core.worker.Verdict;
import io.bywash.core.worker.WorkerContext;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** Calls a handler for one record at a time. */
final class RecordCaller implements Caller {
    private static final Optional<Integer> NONE = Optional.of(0);
    private static final Optional<Integer> ONE = Optional.of(1);

    private final Verdict verdict;
    private final Optional<Duration> timeout;
    private final RecordCall<?, ?> call;

    RecordCaller(WorkerContext context, HandlerBinding<?, ?> binding, TopicPartition partition) {
        this.verdict = new Verdict(context);
        this.timeout = context.settings().failures().attemptTimeout();
        this.call = RecordCall.of(binding, partition);
    }

    @Override
    public Runnable prepare(Item item) {
        PartitionSession session = item.partition.session();
        return call.prepare(session, item.record, session.failed().attempts(item.record) + 1);
    }

    @Override
    public boolean isOver() {
        return call.isOver();
    }

    @Override
    public Optional<Integer> finish(Item item, Cause interrupted) {
        Optional<Throwable> failure =
                interrupted == Cause.TIMED_OUT ? timeout.map(AttemptTimedOutException::new) : call.failure();
        return switch (verdict.on(item.partition.session(), item.record, failure)) {
            case HANDLED -> {
                item.result = Result.HANDLED;
                yield ONE;
            }
            case FAILED -> {
                item.result = new Result.Failed(failure.orElseThrow());
                yield NONE;
            }
            case VOID -> {
                item.result = Result.VOID;
                yield NONE;
            }
        };
    }

    @Override
    public void close() {
        call.close();
    }
}
