package io.bywash.core.deadletter;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters. Shared by all workers of a consumer; the producer is created with the first letter.
 *
 * <p>A letter keeps key, value, headers and timestamp byte for byte and goes to the partition of the same number, modulo the
 * topic's count. One that the broker or the producer refuses as too large is sent in a smaller {@link LetterForm}.
 */
public final class DeadLetters implements AutoCloseable {
    private final Supplier<Producer<byte[], byte[]>> factory;
    private final UnaryOperator<String> topics;
    private @Nullable Producer<byte[], byte[]> producer;

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
        if (producer == null) {
            producer = factory.get();
        }
        return producer;
    }

    /** Closes the producer, if there is one. Called after the last worker is done; waits up to a second. */
    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
    }
}
