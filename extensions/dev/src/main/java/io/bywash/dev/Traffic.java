package io.bywash.dev;

import io.bywash.core.event.RecordPosition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Produces orders, keyed by their id: most of them good, one in 1,000 that is no order, one in 4,000 that the database refuses, and
 * now and then the slow one. Runs on a thread of its own until it is stopped or has sent what it should.
 */
final class Traffic implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Traffic.class);
    private static final int POISON_EVERY = 1_000;
    private static final int FAILING_EVERY = 4_000;
    private static final int SLOW_EVERY = 100;
    private static final int SLOW_IN_ALL = 10;
    private static final int ORDERS = 1_000;
    private static final String TOO_LONG_FOR_THE_COLUMN = "x".repeat(300);

    private final String bootstrap;
    private final Set<String> topics;
    private final Pace pace;
    private final Ledger ledger;
    private final SplittableRandom random = new SplittableRandom(42);
    private final Map<String, AtomicLong> taken = new TreeMap<>();
    private volatile boolean stopped;
    private volatile Optional<Exception> firstFailure = Optional.empty();

    /**
     * How much to send.
     *
     * @param records how many records in all, per topic; 0 for no end
     * @param perSecond how many of them in a second; 0 for no bound
     */
    record Pace(long records, long perSecond) {

        /** Tells whether a record is the slow order: often enough for one to be on its way, too seldom to lengthen a bounded run. */
        private boolean isSlow(long number) {
            long every = records == 0 ? SLOW_EVERY : Math.max(1, records / SLOW_IN_ALL);
            return number % every == every / 2;
        }
    }

    /** Takes note of records the broker has acknowledged. Called by the producer's thread. */
    @FunctionalInterface
    interface Ledger {
        /**
         * Notes one.
         *
         * @param position where the record is
         * @param order its key
         * @param kind what is wrong with it
         */
        void acknowledged(RecordPosition position, String order, Sent kind);
    }

    Traffic(String bootstrap, Set<String> topics, Pace pace, Ledger ledger) {
        this.bootstrap = bootstrap;
        this.topics = topics;
        this.pace = pace;
        this.ledger = ledger;
        topics.forEach(topic -> taken.put(topic, new AtomicLong()));
    }

    /** Says what was to be sent and was not; nothing if the broker took all of it. May be called once the thread has ended. */
    List<String> problems() {
        return taken.entrySet().stream()
                .filter(topic -> topic.getValue().get() < pace.records)
                .map(topic -> String.format(
                        Locale.ROOT,
                        "%,d records were to be sent to %s, but the broker took %,d%s",
                        pace.records,
                        topic.getKey(),
                        topic.getValue().get(),
                        firstFailure.map(failure -> ": " + failure).orElse("")))
                .toList();
    }

    private synchronized void failed(Exception failure) {
        firstFailure = firstFailure.or(() -> Optional.of(failure));
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", bootstrap, "linger.ms", 5, "acks", "all", "client.id", "dev-traffic");
        try (Producer<String, byte[]> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            long began = System.nanoTime();
            for (long sent = 1; !stopped && (pace.records == 0 || sent <= pace.records); sent++) {
                Sent kind = kind(sent);
                String id = pace.isSlow(sent) ? SlowOrder.ID : "order-" + random.nextInt(ORDERS);
                topics.forEach(topic -> send(producer, topic, id, kind));
                keepPace(began, sent);
            }
        } catch (RuntimeException e) {
            LOG.error("no more orders are sent: {}", e.getMessage(), e);
            failed(e);
        }
    }

    private static Sent kind(long number) {
        if (number % FAILING_EVERY == FAILING_EVERY / 2) {
            return Sent.FAILING;
        }
        return number % POISON_EVERY == POISON_EVERY / 3 ? Sent.POISON : Sent.GOOD;
    }

    private void send(Producer<String, byte[]> producer, String topic, String id, Sent kind) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, id, order(id, kind));
        producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                failed(failure);
            } else {
                Objects.requireNonNull(taken.get(topic)).incrementAndGet();
                TopicPartition partition = new TopicPartition(metadata.topic(), metadata.partition());
                ledger.acknowledged(new RecordPosition(partition, metadata.offset()), id, kind);
            }
        });
    }

    private byte[] order(String id, Sent kind) {
        String text = kind == Sent.POISON
                ? "{\"id\":\"" + id + "\",\"customer\":"
                : String.format(
                        Locale.ROOT,
                        "{\"id\":\"%s\",\"customer\":\"%s\",\"quantity\":%d,\"cents\":%d}",
                        id,
                        kind == Sent.FAILING ? TOO_LONG_FOR_THE_COLUMN : "customer-" + random.nextInt(100),
                        1 + random.nextInt(9),
                        random.nextInt(100_000));
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void keepPace(long began, long sent) {
        if (pace.perSecond == 0) {
            return;
        }
        long due = began + sent * 1_000_000_000L / pace.perSecond;
        while (!stopped && due - System.nanoTime() > 0) {
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }
}
