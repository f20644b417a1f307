package io.bywash.chaos.load;

import io.bywash.chaos.process.Patience;
import io.bywash.chaos.worker.Line;
import io.bywash.chaos.worker.Task;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Produces with {@code acks=all} at a steady rate while faults go on, then what is missing of the records wanted. Its own thread
 * produces; any thread may ask.
 */
public final class Traffic implements AutoCloseable {
    private static final Duration DELIVERY = Duration.ofMinutes(2);
    private static final long MOST_UNANSWERED = 5_000;
    private static final int WITH_HEADER = 3;

    private enum Pace {
        STEADY,
        NONE,
        FULL
    }

    private final KafkaProducer<String, byte[]> producer;
    private final String topic;
    private final Mix mix;
    private final Queue<Produced> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final Thread thread;
    private volatile long wanted = Long.MAX_VALUE;
    private volatile Pace pace = Pace.STEADY;

    /**
     * Begins to produce.
     *
     * @param bootstrap where the brokers are
     * @param topic the topic
     * @param mix what the records are like
     * @param perSecond how many there are a second while it is steady
     * @param settings further properties of the producer
     */
    public Traffic(String bootstrap, String topic, Mix mix, int perSecond, Map<String, Object> settings) {
        this.topic = topic;
        this.mix = mix;
        producer =
                new KafkaProducer<>(properties(bootstrap, settings), new StringSerializer(), new ByteArraySerializer());
        thread = new Thread(() -> produce(perSecond), "traffic");
        thread.setDaemon(true);
        thread.start();
    }

    private static Map<String, Object> properties(String bootstrap, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>();
        all.put("bootstrap.servers", bootstrap);
        all.put("acks", "all");
        all.put("linger.ms", 5);
        all.put("max.block.ms", DELIVERY.toMillis());
        all.put("delivery.timeout.ms", (int) DELIVERY.toMillis());
        all.put("request.timeout.ms", 10_000);
        all.put("metadata.max.age.ms", 2_000);
        all.putAll(settings);
        return all;
    }

    private void produce(int perSecond) {
        long begin = System.nanoTime();
        while (sent.get() < wanted && !Thread.currentThread().isInterrupted()) {
            double due = (System.nanoTime() - begin) * 1e-9 * perSecond;
            boolean early = switch (pace) {
                case STEADY -> sent.get() > due;
                case NONE -> true;
                case FULL -> false;
            };
            if (early || sent.get() - answered.get() > MOST_UNANSWERED) {
                LockSupport.parkNanos(2_000_000);
            } else {
                send(sent.getAndIncrement());
            }
        }
    }

    private void send(long number) {
        String key = mix.key(number);
        Task task = mix.task(number);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, task.bytes());
        if (number % WITH_HEADER == 0) {
            record.headers().add("number", Long.toString(number).getBytes(StandardCharsets.UTF_8));
        }
        producer.send(record, (place, failure) -> answered(key, task, place, failure));
    }

    private void answered(String key, Task task, RecordMetadata place, Exception failure) {
        // Of one that was refused nobody knows whether the brokers have it.
        if (failure == null) {
            acknowledged.add(new Produced(place.partition(), place.offset(), key, task, Line.now()));
        }
        answered.incrementAndGet();
    }

    /**
     * Ends the steady load, produces what is missing and waits until all is answered.
     *
     * @param records how many records there are to be in all, at least
     */
    public void finish(long records) {
        wanted = records;
        pace = Pace.FULL;
        awaitAnswers(() -> !thread.isAlive() && answered.get() == sent.get());
    }

    private void awaitAnswers(Callable<Boolean> there) {
        Patience.await(
                DELIVERY.multipliedBy(2),
                there,
                () -> "answers to all " + sent.get() + " records; there are " + answered.get());
    }

    /** Holds the load back and waits until nothing is under way. */
    public void rest() {
        pace = Pace.NONE;
        AtomicLong before = new AtomicLong(-1);
        awaitAnswers(() -> before.getAndSet(sent.get()) == sent.get() && answered.get() == sent.get());
    }

    /** Goes on after a {@link #rest}; what was held back comes at once. */
    public void goOn() {
        pace = Pace.STEADY;
    }

    /**
     * Returns how many records were acknowledged.
     *
     * @return the count so far
     */
    public int count() {
        return acknowledged.size();
    }

    /**
     * Returns how far the numbers of the records have come.
     *
     * @return the number of the next record
     */
    public long next() {
        return sent.get();
    }

    /**
     * Returns the log.
     *
     * @return what was acknowledged so far
     */
    public Collection<Produced> acknowledged() {
        return acknowledged;
    }

    @Override
    public void close() {
        thread.interrupt();
        producer.close(Duration.ZERO);
    }
}
