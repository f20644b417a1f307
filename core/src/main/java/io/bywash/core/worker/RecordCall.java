package io.bywash.core.worker;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.binding.RecordDecoder;
import io.bywash.core.session.PartitionSession;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One call of a handler: decodes the record and hands it over. A worker has one of these and uses it again for every record.
 * Belongs to whoever runs the worker; a runner that finishes a pending call elsewhere signals the worker after it, which orders
 * the two.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
final class RecordCall<K, V> implements Runnable, HandlerContext, AutoCloseable {
    private final PartitionSession session;
    private final TopicHandler<K, V> handler;
    private final RecordDecoder<K, V> decoder;

    @SuppressWarnings("NullAway.Init") // prepare comes before every run
    private ConsumerRecord<byte[], byte[]> record;

    private int attempt;
    private @Nullable Throwable failure;
    private boolean over;

    RecordCall(PartitionSession session, HandlerBinding<K, V> binding) {
        this.session = session;
        this.handler = binding.handler();
        this.decoder = new RecordDecoder<>(binding.keys(), binding.values());
    }

    RecordCall<K, V> prepare(ConsumerRecord<byte[], byte[]> next, int nextAttempt) {
        record = next;
        attempt = nextAttempt;
        failure = null;
        over = false;
        return this;
    }

    @Override
    public void run() {
        try {
            handler.handle(decoder.decode(record), this);
        } catch (Throwable thrown) {
            failure = thrown;
        }
        over = true;
    }

    boolean isOver() {
        return over;
    }

    boolean succeeded() {
        return failure == null;
    }

    Optional<Throwable> failure() {
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
