package io.bywash.core.worker;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.binding.RecordDecoder;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.session.PartitionSession;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One call of a handler: decodes the record and hands it over. Whoever makes calls has one of these and uses it again for every
 * record. A runner that finishes a pending call elsewhere signals the caller after it, which orders the two.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public final class RecordCall<K, V> implements HandlerCall, HandlerContext, AutoCloseable {
    private final TopicHandler<K, V> handler;
    private final RecordDecoder<K, V> decoder;

    @SuppressWarnings("NullAway.Init") // prepare comes before every run
    private PartitionSession session;

    private @Nullable ConsumerRecord<byte[], byte[]> record;

    private int attempt;
    private @Nullable Throwable failure;
    private boolean over;

    /**
     * Creates the deserialisers of a handler.
     *
     * @param binding the handler
     * @param partition for the message
     * @return the call
     * @throws ConsumerFailedException if they cannot be created
     */
    public static RecordCall<?, ?> of(HandlerBinding<?, ?> binding, TopicPartition partition) {
        try {
            return new RecordCall<>(binding);
        } catch (RuntimeException | Error e) {
            throw new ConsumerFailedException(
                    Kind.HANDLER,
                    "the deserialisers of handler " + binding.name() + " cannot be created for " + partition + ": " + e
                            + "; correct their settings or their class path",
                    e);
        }
    }

    private RecordCall(HandlerBinding<K, V> binding) {
        this.handler = binding.handler();
        this.decoder = new RecordDecoder<>(binding.keys(), binding.values());
    }

    /**
     * Gets ready for a call.
     *
     * @param from where the record was taken
     * @param next the record
     * @param nextAttempt the number of the attempt, from 1
     * @return this
     */
    public RecordCall<K, V> prepare(PartitionSession from, ConsumerRecord<byte[], byte[]> next, int nextAttempt) {
        session = from;
        record = next;
        attempt = nextAttempt;
        failure = null;
        over = false;
        return this;
    }

    @Override
    public List<ConsumerRecord<byte[], byte[]>> records() {
        return List.of(current());
    }

    @Override
    public void run() {
        try {
            handler.handle(decoder.decode(current()), this);
        } catch (Throwable thrown) {
            failure = thrown;
        }
        over = true;
    }

    private ConsumerRecord<byte[], byte[]> current() {
        return Objects.requireNonNull(record, "prepare comes before every run");
    }

    /** Lets go of the record of the last call, which is over. */
    public void forget() {
        record = null;
    }

    /**
     * Tells whether the handler has returned or thrown.
     *
     * @return true once it has
     */
    public boolean isOver() {
        return over;
    }

    /**
     * Returns what the handler threw.
     *
     * @return nothing if it returned
     */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public TopicPartition partition() {
        return session.partition();
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public boolean isRevoking() {
        return !session.isOpen();
    }

    @Override
    public void close() {
        decoder.close();
    }
}
