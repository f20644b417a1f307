package io.bywash.core.deadletter;

import io.bywash.core.thread.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters. Shared by all workers of a consumer; the producer is created with the first letter,
 * and anew after one that was not let in.
 *
 * <p>A letter keeps key, value, headers and timestamp byte for byte and goes to the partition of the same number, modulo the
 * topic's count. One that the broker or the producer refuses as too large is sent in a smaller {@link LetterForm}.
 *
 * <p>A send may block for the producer's {@code max.block.ms} if its topic does not answer, or so many letters wait for one. After
 * that the topic is left alone for a while, and then one worker at a time finds out: letters for it fail at once meanwhile, so that a
 * worker that has many of them goes on with everything else it sees to.
 */
public final class DeadLetters implements AutoCloseable {
    private static final long LEFT_ALONE_NANOS = Duration.ofSeconds(2).toNanos();

    /** That a topic did not answer, and until when it is left alone. */
    private record Silence(long until, TimeoutException cause) {}

    private final LetterProducer producer;
    private final UnaryOperator<String> topics;
    private final Ticker ticker;
    private final Map<String, Silence> silent = new ConcurrentHashMap<>();

    /**
     * Creates the sender.
     *
     * @param factory creates the producer
     * @param topics names the dead-letter topic of a source topic
     * @param ticker measures how long a topic is left alone
     */
    public DeadLetters(Supplier<Producer<byte[], byte[]>> factory, UnaryOperator<String> topics, Ticker ticker) {
        this.producer = new LetterProducer(factory, ticker);
        this.topics = topics;
        this.ticker = ticker;
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
        String topic = topicFor(letter.record().topic());
        Producer<byte[], byte[]> open;
        try {
            open = producer.get();
        } catch (RuntimeException e) {
            write.finish(e);
            return;
        }
        try {
            Optional<TimeoutException> refusal = refusalOf(topic);
            if (refusal.isPresent()) {
                write.finish(refusal.get());
                return;
            }
            int partition =
                    letter.record().partition() % open.partitionsFor(topic).size();
            open.send(form.write(letter, topic, partition), (metadata, failure) -> {
                note(topic, failure);
                producer.told(open, failure);
                if (failure instanceof RecordTooLargeException && form.smaller().isPresent()) {
                    write.sendAgain(() -> send(letter, form.smaller().get(), write));
                } else {
                    write.finish(failure);
                }
            });
        } catch (TimeoutException e) {
            note(topic, e);
            write.finish(e);
        } catch (RuntimeException e) {
            // Whoever was interrupted while it asked has learned nothing about the topic.
            producer.told(open, e);
            write.finish(e);
        }
    }

    /** A time-out may come in a callback as well: of a letter that found the producer's memory full of letters nobody takes. */
    private void note(String topic, @Nullable Exception failure) {
        if (failure instanceof TimeoutException late) {
            silent.put(topic, silence(late));
        } else {
            silent.remove(topic);
        }
    }

    private Silence silence(TimeoutException cause) {
        return new Silence(ticker.nanos() + LEFT_ALONE_NANOS, cause);
    }

    /** Tells why a topic is not asked now. */
    private Optional<TimeoutException> refusalOf(String topic) {
        Silence known = silent.get(topic);
        if (known == null) {
            return Optional.empty();
        }
        boolean isOver = ticker.nanos() - known.until >= 0;
        if (isOver && silent.replace(topic, known, silence(known.cause))) {
            return Optional.empty();
        }
        return Optional.of(new TimeoutException(
                "topic " + topic + " did not answer a moment ago: " + known.cause.getMessage(), known.cause));
    }

    /** Closes the producer, if there is one, for good. Called when the consumer ends; waits up to a second. */
    @Override
    public void close() {
        producer.close();
    }
}
