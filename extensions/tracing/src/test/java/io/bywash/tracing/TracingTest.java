package io.bywash.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.typesafe.config.ConfigFactory;
import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.Handles;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.BywashBuilder;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.UniqueName;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Spans of records that go through a real broker, for every shape of handler. */
class TracingTest {
    private static final long PATIENCE_S = 180;
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final String TRACEPARENT = "00-" + TRACE + "-" + PARENT + "-01";

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private final String topic = kafka().createUniqueTopic("orders", 1);
    private final String letters = kafka().createUniqueTopic("letters", 1);
    private final String group = UniqueName.of("billing");
    private final Traces traces = new Traces();
    private final List<Bywash> running = new ArrayList<>();

    private static EmbeddedKafka kafka() {
        return KAFKA.cluster();
    }

    @AfterEach
    void close() {
        running.forEach(Bywash::close);
        traces.close();
    }

    /** Notes which span is current, and fails where the value says so. */
    @Handles(name = "order-handler")
    private static final class Orders implements TopicHandler<String, String> {
        private final BlockingQueue<String> spans = new LinkedBlockingQueue<>();

        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {
            spans.add(Span.current().getSpanContext().getSpanId());
            if (record.value() != null && record.value().equals("bad")) {
                throw new IllegalStateException("no such order");
            }
        }
    }

    /** Gives the stages it returns to the test. */
    @Handles(name = "order-handler")
    private static final class Stages implements AsyncTopicHandler<String, String> {
        private final BlockingQueue<CompletableFuture<String>> stages = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> handleAsync(ConsumerRecord<String, String> record, HandlerContext context) {
            CompletableFuture<String> stage = new CompletableFuture<>();
            stages.add(stage);
            return stage;
        }

        CompletableFuture<String> next() throws InterruptedException {
            return present(stages.poll(PATIENCE_S, TimeUnit.SECONDS));
        }
    }

    /** Takes batches. */
    @Handles(name = "order-handler")
    private static final class Batches implements BatchTopicHandler<String, String> {
        @Override
        public void handleBatch(List<ConsumerRecord<String, String>> records, HandlerContext context) {}
    }

    private static <T> T present(T value) {
        if (value == null) {
            throw new AssertionError("nothing came within " + PATIENCE_S + " s");
        }
        return value;
    }

    private BywashBuilder builder(TopicHandler<?, ?> handler, String more) {
        return Bywash.builder()
                .config(ConfigFactory.parseString("bywash { handlers-folder = none, kafka.bootstrap.servers = \""
                        + kafka().bootstrapServers() + "\", consumers.billing { group = " + group + ", topics = ["
                        + topic
                        + "], handler = order-handler, drain-timeout = 10s, dead-letter-topic = " + letters
                        + ", attempts { max = 2, backoff.initial = 1ms }\n" + more + "} }"))
                .handler(handler);
    }

    private void start(TopicHandler<?, ?> handler, String more) {
        running.add(builder(handler, more)
                .extension(new TracingExtension(traces.openTelemetry()))
                .start());
    }

    private RecordMetadata produceTraced(String value) {
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, "k", value);
        record.headers().add("traceparent", TRACEPARENT.getBytes(StandardCharsets.UTF_8));
        StringSerializer strings = new StringSerializer();
        return kafka().produce(List.of(record), strings, strings).get(0);
    }

    private String traceparentOfTheLetter() {
        ConsumerRecord<byte[], byte[]> letter = kafka().awaitRecords(letters, 1).get(0);
        return new String(letter.headers().lastHeader("traceparent").value(), StandardCharsets.UTF_8);
    }

    private Map<AttributeKey<?>, Object> attributes(long offset, long attempt) {
        return Attributes.builder()
                .put("messaging.system", "kafka")
                .put("messaging.operation.name", "process")
                .put("messaging.operation.type", "process")
                .put("messaging.destination.name", topic)
                .put("messaging.destination.partition.id", "0")
                .put("messaging.consumer.group.name", group)
                .put("messaging.kafka.offset", offset)
                .put("bywash.consumer", "billing")
                .put("bywash.attempt", attempt)
                .build()
                .asMap();
    }

    @Test
    void aRecordHasASpanBelowThatOfItsProducer() throws Exception {
        produceTraced("good");
        Orders orders = new Orders();
        start(orders, "");
        SpanData span = traces.awaitEnded(1).get(0);
        assertEquals("process " + topic, span.getName());
        assertEquals(SpanKind.CONSUMER, span.getKind());
        assertEquals(TRACE, span.getTraceId());
        assertEquals(PARENT, span.getParentSpanId());
        assertEquals(attributes(0, 1), span.getAttributes().asMap());
        assertEquals(StatusData.unset(), span.getStatus());
        assertEquals(span.getSpanId(), orders.spans.poll(PATIENCE_S, TimeUnit.SECONDS), "current during the call");
    }

    @Test
    void aTombstoneIsCalledOne() {
        kafka().produce(topic, "k", null);
        start(new Orders(), "");
        Attributes attributes = traces.awaitEnded(1).get(0).getAttributes();
        assertEquals(true, attributes.get(MessagingAttributes.TOMBSTONE));
    }

    @Test
    void everyAttemptThatFailsIsASpanAndTheDeadLetterKeepsTheContextOfTheProducer() {
        produceTraced("bad");
        start(new Orders(), "");
        List<SpanData> spans = traces.awaitEnded(2);
        assertEquals(
                List.of(1L, 2L),
                spans.stream()
                        .map(span -> span.getAttributes().get(MessagingAttributes.ATTEMPT))
                        .toList());
        for (SpanData span : spans) {
            assertEquals(PARENT, span.getParentSpanId());
            assertEquals(StatusData.error(), span.getStatus());
            assertEquals("java.lang.IllegalStateException", span.getAttributes().get(MessagingAttributes.ERROR_TYPE));
            assertEquals("exception", span.getEvents().get(0).getName());
        }
        assertEquals(TRACEPARENT, traceparentOfTheLetter());
    }

    @Test
    void aRecordWithoutAContextTakesThatOfItsFirstAttemptIntoTheDeadLetter() {
        kafka().produce(topic, "k", "bad");
        start(new Orders(), "");
        List<SpanData> spans = traces.awaitEnded(2);
        SpanData first = spans.get(0);
        assertFalse(first.getParentSpanContext().isValid());
        assertEquals(first.getSpanId(), spans.get(1).getParentSpanId());
        String[] carried = traceparentOfTheLetter().split("-");
        assertEquals(List.of(first.getTraceId(), first.getSpanId()), List.of(carried[1], carried[2]));
    }

    @Test
    void aSpanLastsAsLongAsTheStage() throws Exception {
        produceTraced("one");
        Stages stages = new Stages();
        start(stages, "");
        CompletableFuture<String> stage = stages.next();
        assertEquals(List.of(), traces.ended());
        stage.complete("done");
        SpanData span = traces.awaitEnded(1).get(0);
        assertEquals(PARENT, span.getParentSpanId());
        assertEquals(attributes(0, 1), span.getAttributes().asMap());
    }

    @Test
    void aStageThatTakesTooLongIsCancelledAndItsSpanEnds() throws Exception {
        produceTraced("one");
        Stages stages = new Stages();
        start(stages, "attempts.timeout = 50ms, on-failure = skip");
        CompletableFuture<String> first = stages.next();
        SpanData span = traces.awaitEnded(1).get(0);
        assertEquals(StatusData.error(), span.getStatus());
        assertEquals(CancellationException.class.getName(), span.getAttributes().get(MessagingAttributes.ERROR_TYPE));
        assertEquals(true, first.isCancelled());
    }

    @Test
    void aBatchHasOneSpanWithALinkToEachProducer() {
        produceTraced("one");
        kafka().produce(topic, "k", "two");
        produceTraced("three");
        start(new Batches(), "batch { max-records = 3, max-wait = 60s }");
        SpanData span = traces.awaitEnded(1).get(0);
        assertFalse(span.getParentSpanContext().isValid());
        assertNotEquals(TRACE, span.getTraceId());
        assertEquals(3, span.getAttributes().get(MessagingAttributes.BATCH_SIZE));
        assertEquals(
                List.of(0L, 2L),
                span.getLinks().stream()
                        .map(LinkData::getAttributes)
                        .map(attributes -> attributes.get(MessagingAttributes.OFFSET))
                        .toList());
        assertEquals(
                List.of(PARENT, PARENT),
                span.getLinks().stream()
                        .map(link -> link.getSpanContext().getSpanId())
                        .toList());
    }

    @Test
    void withoutAnythingGivenTheGlobalOneIsUsedAndNeverSet() {
        produceTraced("one");
        GlobalOpenTelemetry.resetForTest();
        running.add(builder(new Orders(), "").start());
        assertFalse(GlobalOpenTelemetry.isSet(), "the application may still set it");
        GlobalOpenTelemetry.set(traces.openTelemetry());
        try {
            running.add(builder(new Orders(), "group = other-" + group).start());
            assertEquals(PARENT, traces.awaitEnded(1).get(0).getParentSpanId());
        } finally {
            GlobalOpenTelemetry.resetForTest();
        }
    }
}
