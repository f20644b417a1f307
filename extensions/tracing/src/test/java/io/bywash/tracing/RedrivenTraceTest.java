package io.bywash.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.typesafe.config.ConfigFactory;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.Handles;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.Bywash;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.UniqueName;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import io.bywash.tools.deadletter.LetterFilter;
import io.bywash.tools.deadletter.Letters;
import io.bywash.tools.deadletter.RedriveLimits;
import io.bywash.tools.deadletter.RedriveListener;
import io.bywash.tools.deadletter.RedriveRequest;
import io.bywash.tools.deadletter.RedriveScope;
import io.bywash.tools.deadletter.RedriveTarget;
import io.bywash.tools.deadletter.Redriver;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A record fails, becomes a dead letter, and goes back to be handled: all of it is one trace. */
class RedrivenTraceTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private final EmbeddedKafka kafka = KAFKA.cluster();
    private final String topic = kafka.createUniqueTopic("orders", 1);
    private final String group = UniqueName.of("billing");
    private final String letters = topic + "." + group + ".dlt";
    private final String redriveTopic = topic + "." + group + ".redrive";
    private final Traces traces = new Traces();
    private volatile boolean mended;

    @AfterEach
    void close() {
        traces.close();
    }

    /** Fails until it is mended. */
    @Handles(name = "order-handler")
    private final class Orders implements TopicHandler<String, String> {
        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {
            if (!mended) {
                throw new IllegalStateException("no such order");
            }
        }
    }

    private Bywash start() {
        kafka.createTopic(letters, 1);
        // Else it would be found ten seconds after the letter has gone back.
        kafka.createTopic(redriveTopic, 1);
        return Bywash.builder()
                .config(ConfigFactory.parseString("bywash { handlers-folder = none, kafka.bootstrap.servers = \""
                        + kafka.bootstrapServers() + "\", consumers.billing { group = " + group + ", topics = ["
                        + topic + "], handler = order-handler, drain-timeout = 10s, attempts.max = 1 } }"))
                .handler(new Orders())
                .extension(new TracingExtension(traces.openTelemetry()))
                .start();
    }

    /** Returns the spans of the attempt that failed and of that after the redrive. */
    private List<SpanData> journeyOf(ProducerRecord<String, String> record) {
        StringSerializer strings = new StringSerializer();
        kafka.produce(List.of(record), strings, strings);
        try (Bywash bywash = start()) {
            kafka.awaitRecords(letters, 1);
            mended = true;
            ConsumerSettings settings =
                    Objects.requireNonNull(bywash.consumers().get("billing")).settings();
            RedriveRequest all = new RedriveRequest(
                    new Letters(settings).sources().get(0),
                    LetterFilter.ALL,
                    RedriveScope.PENDING,
                    RedriveTarget.GROUP,
                    RedriveLimits.DEFAULT);
            assertEquals(
                    1,
                    new Redriver(settings)
                            .redrive(all, RedriveListener.NONE, () -> false)
                            .redriven());
            List<SpanData> spans = traces.awaitEnded(2);
            assertEquals(
                    List.of("process " + topic, "process " + redriveTopic),
                    spans.stream().map(SpanData::getName).toList());
            assertEquals(
                    List.of(StatusData.error(), StatusData.unset()),
                    spans.stream().map(SpanData::getStatus).toList());
            return spans;
        }
    }

    @Test
    void theContextOfTheProducerComesBackWithTheLetter() {
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, "k", "v");
        record.headers().add("traceparent", ("00-" + TRACE + "-" + PARENT + "-01").getBytes(StandardCharsets.UTF_8));
        for (SpanData span : journeyOf(record)) {
            assertEquals(List.of(TRACE, PARENT), List.of(span.getTraceId(), span.getParentSpanId()));
        }
    }

    @Test
    void whereThereWasNoneTheContextOfTheFirstAttemptDoes() {
        List<SpanData> spans = journeyOf(new ProducerRecord<>(topic, "k", "v"));
        assertFalse(spans.get(0).getParentSpanContext().isValid());
        assertEquals(
                List.of(spans.get(0).getTraceId(), spans.get(0).getSpanId()),
                List.of(spans.get(1).getTraceId(), spans.get(1).getParentSpanId()));
    }
}
