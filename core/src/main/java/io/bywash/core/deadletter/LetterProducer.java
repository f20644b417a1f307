package io.bywash.core.deadletter;

import io.bywash.core.thread.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer of dead letters, which is made when the first one is written. May be used by any thread.
 *
 * <p>One that was not let in is given up and made anew later: if that comes before the broker has given it its identity, it takes letters
 * for ever and sends none, however soon its password or its access is restored. So is one that has been without an identity for two seconds
 * when whoever waits for it is interrupted, who might have been told of that. One that has sent a letter has its identity, and is kept if
 * it is not let in later: it sends again what is not acknowledged, and brokers know it from its identity, where another producer would
 * write the letter twice.
 */
final class LetterProducer implements AutoCloseable {
    /** How long no other is made after one that was not let in, so that wrong credentials do not have the brokers asked without rest. */
    static final Duration REST = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(LetterProducer.class);

    /** Kafka's count of the records that were sent, acknowledged or not. */
    private static final String SENT = "record-send-total";

    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /** By then a producer has its identity, or there is a reason why it has none. */
    static final Duration YOUNG = Duration.ofSeconds(2);

    /** That a producer was not let in, and until when no other is made. */
    private record Refusal(long until, KafkaException cause) {}

    private final Supplier<Producer<byte[], byte[]>> factory;
    private final Ticker ticker;
    private @Nullable Producer<byte[], byte[]> producer;
    private long madeAt;
    private Optional<Refusal> refusal = Optional.empty();
    private boolean closed;

    LetterProducer(Supplier<Producer<byte[], byte[]>> factory, Ticker ticker) {
        this.factory = factory;
        this.ticker = ticker;
    }

    /**
     * Returns the producer, and makes it if there is none.
     *
     * @throws IllegalStateException if it was closed
     * @throws KafkaException if it cannot be made, or one was not let in a moment ago
     */
    synchronized Producer<byte[], byte[]> get() {
        if (closed) {
            throw new IllegalStateException("the producer of dead letters is closed, since its consumer has ended;"
                    + " the next owner of the partition writes the letter");
        }
        if (refusal.isPresent() && ticker.nanos() - refusal.get().until < 0) {
            throw refusal.get().cause;
        }
        if (producer == null) {
            producer = factory.get();
            madeAt = ticker.nanos();
            refusal = Optional.empty();
        }
        return producer;
    }

    /**
     * Takes in what became of a letter. Called by the producer's own thread as well.
     *
     * @param from the producer it was given to
     * @param failure why it was not written, or null
     */
    void told(Producer<byte[], byte[]> from, @Nullable Exception failure) {
        if (failure instanceof AuthenticationException || failure instanceof ClusterAuthorizationException) {
            giveUp(from, Optional.of((KafkaException) failure));
        } else if (failure instanceof InterruptException) {
            // Of those who wait, one is told that it was not let in, and nobody else ever is.
            giveUp(from, Optional.empty());
        }
    }

    private void giveUp(Producer<byte[], byte[]> from, Optional<KafkaException> cause) {
        // Who may write nothing at all may have to ask for an identity again, and has nothing on its way.
        boolean mayWriteNothing =
                cause.filter(ClusterAuthorizationException.class::isInstance).isPresent();
        if (!mayWriteNothing && hasSent(from)) {
            return;
        }
        synchronized (this) {
            // Whoever is interrupted need not have been told of anything, and most often was not.
            boolean mayBeSound = cause.isEmpty() && ticker.nanos() - madeAt < YOUNG.toNanos();
            if (!from.equals(producer) || mayBeSound) {
                return;
            }
            producer = null;
            refusal = cause.map(why -> new Refusal(ticker.nanos() + REST.toNanos(), why));
        }
        close(from, Duration.ZERO);
    }

    /** Tells whether it has its identity, without which it sends nothing. */
    private static boolean hasSent(Producer<byte[], byte[]> producer) {
        return producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(SENT))
                .anyMatch(metric -> metric.getValue().metricValue() instanceof Number sent && sent.doubleValue() > 0);
    }

    /** Closes it for good; waits up to a second. What the producer says at the end is logged and holds up nothing. */
    @Override
    public void close() {
        Producer<byte[], byte[]> last;
        synchronized (this) {
            closed = true;
            last = producer;
            producer = null;
        }
        if (last != null) {
            close(last, LAST_WORDS);
        }
    }

    /** Not under the lock, since the producer waits for its own thread, which may be telling of a letter. */
    private static void close(Producer<byte[], byte[]> last, Duration timeout) {
        try {
            last.close(timeout);
        } catch (InterruptException e) {
            // Whoever gives it up because it was interrupted is so still. The producer ends by itself.
            LOG.debug("the producer of dead letters was closed by a thread that was interrupted", e);
        } catch (KafkaException e) {
            LOG.warn("the producer of dead letters closed with a failure", e);
        }
    }
}
