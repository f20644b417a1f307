package io.bywash.core.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeadLettersTest {
    private final List<HeldProducer> created = new ArrayList<>();
    private long now;
    private boolean isThere = true;
    private boolean isInterrupted;
    private boolean isFull;
    private boolean isLate;
    private final List<Boolean> toldAtTheEnd = new ArrayList<>();
    private @Nullable RuntimeException refusal;
    private int sends;
    private int questions;
    private final DeadLetters letters = new DeadLetters(this::create, topic -> topic + ".dlt", () -> now);

    private MockProducer<byte[], byte[]> create() {
        created.add(new HeldProducer());
        return created.get(created.size() - 1);
    }

    private static boolean hasEnded(Thread thread) {
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return !thread.isAlive();
    }

    private DeadLetterWrite.State send() {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("orders", 0, 7, new byte[1], new byte[1]);
        return letters.send(
                        new DeadLetter(
                                record,
                                "orders",
                                "billing",
                                new DeadLetter.Failure("order-handler", 1, new RuntimeException("no"))),
                        () -> {})
                .advance();
    }

    @Test
    void aProducerThatDoesNotCloseWellHoldsUpNoShutdown() {
        assertInstanceOf(DeadLetterWrite.Acknowledged.class, send());
        created.get(0).closeException = new KafkaException("a metrics reporter did not close");
        letters.close();
    }

    /** Kafka's producer takes letters and sends none for ever, if it was not let in when it asked for its identity. */
    @ParameterizedTest
    @MethodSource("refusals")
    void aProducerThatWasNotLetInIsReplaced(RuntimeException notLetIn) {
        refusal = notLetIn;
        assertInstanceOf(DeadLetterWrite.Failed.class, send());
        refusal = null;
        now += LetterProducer.REST.toNanos();
        assertInstanceOf(DeadLetterWrite.Acknowledged.class, send());
        assertEquals(2, created.size());
        assertTrue(created.get(0).closed());
        assertFalse(created.get(1).closed());
    }

    static Stream<RuntimeException> refusals() {
        return Stream.of(
                new SaslAuthenticationException("invalid credentials"),
                new ClusterAuthorizationException("no right to write idempotently"));
    }

    @Test
    void noOtherProducerIsMadeRightAfterOneThatWasNotLetIn() {
        refusal = new SaslAuthenticationException("invalid credentials");
        send();
        for (int letter = 0; letter < 50; letter++) {
            DeadLetterWrite.Failed failed = assertInstanceOf(DeadLetterWrite.Failed.class, send());
            assertEquals("invalid credentials", failed.cause().getMessage());
        }
        assertEquals(1, created.size());
    }

    /** It sends again what is not acknowledged; another one would write it twice. */
    @Test
    void aProducerThatHasSentALetterIsKept() {
        assertInstanceOf(DeadLetterWrite.Acknowledged.class, send());
        refusal = new SaslAuthenticationException("invalid credentials");
        assertInstanceOf(DeadLetterWrite.Failed.class, send());
        refusal = null;
        assertInstanceOf(DeadLetterWrite.Acknowledged.class, send());
        assertEquals(1, created.size());
        assertFalse(created.get(0).closed());
    }

    /** Kafka's producer waits for its own thread at the end, for ever if need be, and that thread tells of letters. */
    @Test
    void aLetterThatFailsWhileTheProducerClosesHoldsUpNoShutdown() {
        isLate = true;
        DeadLetterWrite.State pending = send();
        assertInstanceOf(DeadLetterWrite.Pending.class, pending);
        letters.close();
        assertEquals(List.of(true), toldAtTheEnd);
    }

    @Test
    void aProducerWithALetterOnItsWayIsKept() {
        isLate = true;
        assertInstanceOf(DeadLetterWrite.Pending.class, send());
        isLate = false;
        refusal = new SaslAuthenticationException("invalid credentials");
        assertInstanceOf(DeadLetterWrite.Failed.class, send());
        assertFalse(created.get(0).closed());
        refusal = null;
        send();
        assertEquals(1, created.size());
    }

    /** Who is interrupted may be the one that would have been told that it was not let in. */
    @Test
    void aProducerThatHasSentNothingForTwoSecondsIsReplacedAfterAnInterrupt() {
        isInterrupted = true;
        assertInstanceOf(DeadLetterWrite.Failed.class, send());
        assertTrue(Thread.interrupted());
        assertFalse(created.get(0).closed());
        now += LetterProducer.YOUNG.toNanos();
        assertInstanceOf(DeadLetterWrite.Failed.class, send());
        assertTrue(Thread.interrupted());
        isInterrupted = false;
        assertInstanceOf(DeadLetterWrite.Acknowledged.class, send());
        assertEquals(2, created.size());
        assertTrue(created.get(0).closed());
    }

    @Test
    void aProducerThatHasSentALetterIsKeptAfterAnInterrupt() {
        assertInstanceOf(DeadLetterWrite.Acknowledged.class, send());
        isInterrupted = true;
        assertInstanceOf(DeadLetterWrite.Failed.class, send());
        assertTrue(Thread.interrupted());
        isInterrupted = false;
        assertInstanceOf(DeadLetterWrite.Acknowledged.class, send());
        assertEquals(1, created.size());
    }

    /** Kafka's producer gives up for good when it may write nothing at all. */
    @Test
    void aProducerThatMayWriteNothingAnyMoreIsReplaced() {
        assertInstanceOf(DeadLetterWrite.Acknowledged.class, send());
        refusal = new ClusterAuthorizationException("no right to write idempotently");
        assertInstanceOf(DeadLetterWrite.Failed.class, send());
        refusal = null;
        now += LetterProducer.REST.toNanos();
        assertInstanceOf(DeadLetterWrite.Acknowledged.class, send());
        assertEquals(2, created.size());
    }

    @Test
    void aProducerWhoseTopicIsRefusedIsKept() {
        refusal = new TopicAuthorizationException(Set.of("orders.dlt"));
        assertInstanceOf(DeadLetterWrite.Failed.class, send());
        refusal = null;
        assertInstanceOf(DeadLetterWrite.Acknowledged.class, send());
        assertEquals(1, created.size());
    }

    /** A worker writes its letters one after the other, and has other things to see to. */
    @Test
    void aTopicThatDoesNotAnswerIsNotAskedForEachLetter() {
        isThere = false;
        for (int letter = 0; letter < 50; letter++) {
            assertInstanceOf(DeadLetterWrite.Failed.class, send());
        }
        assertEquals(1, questions);
        now += Duration.ofSeconds(3).toNanos();
        for (int letter = 0; letter < 50; letter++) {
            DeadLetterWrite.Failed failed = assertInstanceOf(DeadLetterWrite.Failed.class, send());
            assertTrue(failed.cause().getMessage().contains("not present in metadata"), failed.cause()::getMessage);
        }
        assertEquals(2, questions);
        isThere = true;
        now += Duration.ofSeconds(3).toNanos();
        assertInstanceOf(DeadLetterWrite.Acknowledged.class, send());
        assertInstanceOf(DeadLetterWrite.Acknowledged.class, send());
    }

    /** The partitions of a topic may be known although nobody takes its letters, and then they fill the producer's memory. */
    @Test
    void aProducerThatIsFullIsNotAskedForEachLetter() {
        isFull = true;
        for (int letter = 0; letter < 50; letter++) {
            assertInstanceOf(DeadLetterWrite.Failed.class, send());
        }
        assertEquals(1, sends);
        isFull = false;
        now += Duration.ofSeconds(3).toNanos();
        assertInstanceOf(DeadLetterWrite.Acknowledged.class, send());
        assertInstanceOf(DeadLetterWrite.Acknowledged.class, send());
    }

    /** To be interrupted is to learn nothing about the topic; other workers have letters for it. */
    @Test
    void aTopicIsAskedAgainAfterAnInterrupt() {
        isInterrupted = true;
        assertInstanceOf(DeadLetterWrite.Failed.class, send());
        assertTrue(Thread.interrupted());
        isInterrupted = false;
        assertInstanceOf(DeadLetterWrite.Acknowledged.class, send());
    }

    /** While one finds out whether a topic answers again, others are refused for no longer than before, though that one was interrupted. */
    @Test
    void anInterruptDoesNotEndTheTimeATopicIsLeftAlone() {
        isThere = false;
        assertInstanceOf(DeadLetterWrite.Failed.class, send());
        now += Duration.ofSeconds(3).toNanos();
        isInterrupted = true;
        assertInstanceOf(DeadLetterWrite.Failed.class, send());
        assertTrue(Thread.interrupted());
        isInterrupted = false;
        isThere = true;
        assertInstanceOf(DeadLetterWrite.Failed.class, send());
        assertEquals(2, questions, "it is not asked for each letter");
        now += Duration.ofSeconds(3).toNanos();
        assertInstanceOf(DeadLetterWrite.Acknowledged.class, send());
    }

    /** A call that outlives its consumer may still fail. A producer made for it then would never be closed. */
    @Test
    void noProducerIsCreatedAfterTheEnd() {
        letters.close();
        DeadLetterWrite.Failed failed = assertInstanceOf(DeadLetterWrite.Failed.class, send());
        assertTrue(failed.cause().getMessage().contains("closed"), failed.cause()::getMessage);
        assertEquals(List.of(), created);
    }

    /** Does what Kafka's does as far as it matters here: it answers, or not, and counts what it has sent. */
    private final class HeldProducer extends MockProducer<byte[], byte[]> {
        private final MetricName sent = new MetricName("record-send-total", "producer-metrics", "", Map.of());
        private double count;

        HeldProducer() {
            super(cluster(), !isLate, null, new ByteArraySerializer(), new ByteArraySerializer());
            setMockMetrics(sent, new Metric() {
                @Override
                public MetricName metricName() {
                    return sent;
                }

                @Override
                public Object metricValue() {
                    return count;
                }
            });
        }

        @Override
        public List<PartitionInfo> partitionsFor(String topic) {
            questions++;
            if (isInterrupted) {
                throw new InterruptException("the partition is going");
            }
            if (refusal != null) {
                throw refusal;
            }
            if (!isThere) {
                throw new TimeoutException("Topic " + topic + " not present in metadata after 1000 ms.");
            }
            return super.partitionsFor(topic);
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> letter, Callback callback) {
            sends++;
            if (!isFull) {
                count++;
                return super.send(letter, callback);
            }
            // As Kafka's own does it, after max.block.ms.
            BufferExhaustedException full = new BufferExhaustedException("no memory within 1000 ms");
            callback.onCompletion(null, full);
            return CompletableFuture.failedFuture(full);
        }

        @Override
        public void close(Duration timeout) {
            if (isLate) {
                Thread own = new Thread(() -> errorNext(new SaslAuthenticationException("invalid credentials")));
                own.setDaemon(true);
                own.start();
                toldAtTheEnd.add(hasEnded(own));
            }
            super.close(timeout);
        }
    }

    private static Cluster cluster() {
        Node node = new Node(1, "127.0.0.1", 1);
        Node[] replicas = {node};
        PartitionInfo only = new PartitionInfo("orders.dlt", 0, node, replicas, replicas);
        return new Cluster("held", List.of(node), List.of(only), Set.of(), Set.of());
    }
}
