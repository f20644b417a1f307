package io.bywash.core.lane;

import io.bywash.core.binding.DecodeException;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.binding.RecordDecoder;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.worker.AttemptTimedOutException;
import io.bywash.core.worker.HandlerCall;
import io.bywash.core.worker.InterruptibleCall.Cause;
import io.bywash.core.worker.Verdict;
import io.bywash.core.worker.Verdict.Outcome;
import io.bywash.core.worker.WorkerContext;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.FailedAtException;
import io.bywash.handler.HandlerContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a handler for several records at once. */
final class BatchCaller<K, V> implements Caller, HandlerCall, HandlerContext {
    private static final Logger LOG = LoggerFactory.getLogger(BatchCaller.class);

    private final BatchTopicHandler<K, V> handler;
    private final RecordDecoder<K, V> decoder;
    private final Verdict verdict;
    private final Optional<Duration> timeout;

    @SuppressWarnings("NullAway.Init") // prepare comes before every run
    private PartitionSession session;

    private List<Item> items = List.of();

    /** How many of the first records are handled if nothing else is known. */
    private int decoded;

    private @Nullable Throwable failure;
    private boolean over;

    BatchCaller(WorkerContext context, HandlerBinding<K, V> binding, BatchTopicHandler<K, V> handler) {
        this.handler = handler;
        this.decoder = new RecordDecoder<>(binding.keys(), binding.values());
        this.verdict = new Verdict(context);
        this.timeout = context.settings().failures().attemptTimeout();
    }

    @Override
    public Runnable prepare(Item item) {
        session = item.partition.session();
        items = ((Result.Group) Objects.requireNonNull(item.result)).items();
        decoded = 0;
        failure = null;
        over = false;
        return this;
    }

    @Override
    public List<ConsumerRecord<byte[], byte[]>> records() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(items.size());
        items.forEach(item -> records.add(item.record));
        return records;
    }

    @Override
    public void run() {
        try {
            call();
        } catch (Throwable thrown) {
            failure = thrown;
        }
        over = true;
    }

    /** Calls the handler with all records before the first that cannot be decoded, which fails after that by itself. */
    private void call() throws Exception {
        List<ConsumerRecord<K, V>> records = new ArrayList<>(items.size());
        Optional<DecodeException> undecodable = Optional.empty();
        while (records.size() < items.size() && undecodable.isEmpty()) {
            try {
                records.add(decoder.decode(items.get(records.size()).record));
            } catch (DecodeException e) {
                undecodable = Optional.of(e);
            }
        }
        decoded = records.size();
        if (!records.isEmpty()) {
            handler.handleBatch(List.copyOf(records), this);
        }
        if (undecodable.isPresent()) {
            throw new FailedAtException(decoded, undecodable.get());
        }
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public Optional<Integer> finish(Item item, Cause interrupted) {
        Optional<Throwable> thrown = interrupted == Cause.TIMED_OUT
                ? timeout.map(AttemptTimedOutException::new)
                : Optional.ofNullable(failure);
        Optional<FailedAtException> at = thrown.filter(FailedAtException.class::isInstance)
                .map(FailedAtException.class::cast)
                .filter(this::isToBeBelieved);
        int index = at.map(FailedAtException::index).orElse(0);
        Optional<Throwable> cause = at.<Throwable>map(named -> Objects.requireNonNullElse(named.getCause(), named))
                .or(() -> thrown);
        Outcome outcome = verdict.on(session, items.get(index).record, cause);
        int before = session.state().counts() ? index : 0;
        int handled = outcome == Outcome.HANDLED ? items.size() : before;
        Throwable blamed = outcome == Outcome.FAILED ? cause.orElseThrow() : null;
        boolean known = at.isPresent() || decoded == 1 || items.size() == 1;
        if (blamed != null && !known) {
            LOG.warn(
                    "a batch of {} records of {} failed without saying at which; those from offset {} on are tried one at a time",
                    items.size(),
                    session.partition(),
                    item.record.offset(),
                    blamed);
        }
        item.result = new Result.GroupOver(items, handled, blamed, known);
        return Optional.of(handled);
    }

    /** A handler knows of none but those it was given; the one after them is named by {@link #call}, if it cannot be decoded. */
    private boolean isToBeBelieved(FailedAtException named) {
        return named.index() < decoded || named.index() == decoded && named.getCause() instanceof DecodeException;
    }

    @Override
    public void close() {
        decoder.close();
    }

    @Override
    public TopicPartition partition() {
        return session.partition();
    }

    @Override
    public int attempt() {
        return session.failed().attempts(items.get(0).record) + 1;
    }

    @Override
    public boolean isRevoking() {
        return !session.isOpen();
    }
}
