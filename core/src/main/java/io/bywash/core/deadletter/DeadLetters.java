package io.bywash.core.deadletter;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends dead letters. Shared by all workers of a consumer; the producer is created with the first letter.
 *
 * <p>A letter keeps key, value, headers and timestamp byte for byte and goes to the partition of the same number, modulo the
 * topic's count. One that the broker or the producer refuses as too large is sent in a smaller {@link LetterForm}.
 */
public final class DeadLetters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final Supplier<Producer<byte[], byte[]>> factory;
    private final UnaryOperator<String> topics;
    private @Nullable Producer<byte[], byte[]> producer;
    private boolean closed;

    /**
     * Creates the sender.
     *
     * @param factory creates the producer
     * @param topics names the dead-letter topic of a source topic
     */
    public DeadLetters(Supplier<Producer<byte[], byte[]>> factory, UnaryOperator<String> topics) {
        this.factory = factory;
        this.topics = topics;
    }

    /**
     * Returns the dead-letter topic of a source topic.
     *
     * @param source the source topic
     * @return the topic letters go to
     */
    public String topicFor(String source) {
        return topics.apply(source);
    }

    /**
     * Sends a letter. Called by workers; blocks up to the producer's {@code max.block.ms}.
     *
     * @param letter the letter
     * @param signal called once the outcome is known, on the producer's thread
     * @return the write, which tells its outcome
     */
    public DeadLetterWrite send(DeadLetter letter, Runnable signal) {
        DeadLetterWrite write = new DeadLetterWrite(signal);
        send(letter, LetterForm.WHOLE, write);
        return write;
    }

    private void send(DeadLetter letter, LetterForm form, DeadLetterWrite write) {
        try {
            String topic = topicFor(letter.record().topic());
            Producer<byte[], byte[]> open = producer();
            int partition =
                    letter.record().partition() % open.partitionsFor(topic).size();
            open.send(form.write(letter, topic, partition), (metadata, failure) -> {
                if (failure instanceof RecordTooLargeException && form.smaller().isPresent()) {
                    write.sendAgain(() -> send(letter, form.smaller().get(), write));
                } else {
                    write.finish(failure);
                }
            });
        } catch (RuntimeException e) {
            write.finish(e);
        }
    }

    private synchronized Producer<byte[], byte[]> producer() {
        if (closed) {
            throw new IllegalStateException("the producer of dead letters is closed, since its consumer has ended;"
                    + " the next owner of the partition writes the letter");
        }
        if (producer == null) {
            producer = factory.get();
        }
        return producer;
    }

    /**
     * Closes the producer, if there is one, for good. Called when the consumer ends; waits up to a second. What the producer says
     * at the end is logged and holds up nothing.
     */
    @Override
    public synchronized void close() {
        closed = true;
        if (producer != null) {
            try {
                producer.close(Duration.ofSeconds(1));
            } catch (KafkaException e) {
                LOG.warn("the producer of dead letters closed with a failure", e);
            }
        }
    }
}
