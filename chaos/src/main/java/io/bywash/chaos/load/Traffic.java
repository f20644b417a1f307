package io.bywash.chaos.load;

import io.bywash.chaos.process.Patience;
import io.bywash.chaos.worker.Task;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
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

    private final KafkaProducer<String, byte[]> producer;
    private final String topic;
    private final Mix mix;
    private final Queue<Produced> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final Thread thread;
    private volatile long wanted = Long.MAX_VALUE;
    private volatile boolean steady = true;

    /**
     * Begins to produce.
     *
     * @param bootstrap where the brokers are
     * @param topic the topic
     * @param perSecond how many records a second while it is steady
     * @param mix what they are like
     */
    public Traffic(String bootstrap, String topic, int perSecond, Mix mix) {
        this.topic = topic;
        this.mix = mix;
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "acks",
                        "all",
                        "linger.ms",
                        5,
                        "max.block.ms",
                        DELIVERY.toMillis(),
                        "delivery.timeout.ms",
                        (int) DELIVERY.toMillis(),
                        "request.timeout.ms",
                        10_000,
                        "metadata.max.age.ms",
                        2_000),
                new StringSerializer(),
                new ByteArraySerializer());
        thread = new Thread(() -> produce(perSecond), "traffic");
        thread.setDaemon(true);
        thread.start();
    }

    private void produce(int perSecond) {
        long begin = System.nanoTime();
        while (sent.get() < wanted && !Thread.currentThread().isInterrupted()) {
            double due = (System.nanoTime() - begin) * 1e-9 * perSecond;
            boolean early = steady && sent.get() > due;
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
            acknowledged.add(new Produced(place.partition(), place.offset(), key, task));
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
        steady = false;
        Patience.await(
                DELIVERY.multipliedBy(2),
                () -> !thread.isAlive() && answered.get() == sent.get(),
                () -> "answers to all " + sent.get() + " records; there are " + answered.get());
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
