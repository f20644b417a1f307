package io.bywash.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Handlers with a span round them, called directly. */
class TracedTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    private static final HandlerContext CONTEXT = new Call();

    private final Traces traces = new Traces();
    private final Spans spans =
            new Spans("billing", () -> Instruments.of(traces.openTelemetry(), Map.of("billing", "billing-group")));

    private record Call() implements HandlerContext {
        @Override
        public TopicPartition partition() {
            return PARTITION;
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public boolean isRevoking() {
            return false;
        }
    }

    @AfterEach
    void close() {
        traces.close();
    }

    private static ConsumerRecord<String, String> orders(long offset) {
        return new ConsumerRecord<>("orders", 0, offset, "k", "v");
    }

    /** Notes the calls of its life cycle. */
    private static final class Noting implements TopicHandler<String, String> {
        private final List<String> calls = new ArrayList<>();

        @Override
        public void open() {
            calls.add("open");
        }

        @Override
        public void assigned(TopicPartition partition) {
            calls.add("assigned " + partition);
        }

        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {
            calls.add("handle " + record.offset());
        }

        @Override
        public void revoked(TopicPartition partition) {
            calls.add("revoked " + partition);
        }

        @Override
        public void lost(TopicPartition partition) {
            calls.add("lost " + partition);
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    @Test
    void theLifeCycleIsPassedOn() throws Exception {
        Noting noting = new Noting();
        TopicHandler<String, String> traced = new TracedHandler<>(noting, spans);
        traced.open();
        traced.assigned(PARTITION);
        traced.handle(orders(7), CONTEXT);
        traced.revoked(PARTITION);
        traced.lost(PARTITION);
        traced.close();
        assertEquals(
                List.of("open", "assigned orders-0", "handle 7", "revoked orders-0", "lost orders-0", "close"),
                noting.calls);
    }

    @Test
    void everyShapeIsKept() {
        Tracing tracing = new Tracing(traces::openTelemetry);
        AsyncTopicHandler<String, String> stages = (record, context) -> CompletableFuture.completedStage("done");
        BatchTopicHandler<String, String> batches = (records, context) -> {};
        assertInstanceOf(AsyncTopicHandler.class, tracing.wrap("billing", stages));
        assertInstanceOf(BatchTopicHandler.class, tracing.wrap("billing", batches));
        assertInstanceOf(TracedHandler.class, tracing.wrap("billing", new Noting()));
    }

    @Test
    void theStageOfTheHandlerItselfIsReturned() throws Exception {
        CompletableFuture<String> stage = new CompletableFuture<>();
        AsyncTopicHandler<String, String> handler = (record, context) -> stage;
        CompletionStage<?> returned = new TracedAsyncHandler<>(handler, spans).handleAsync(orders(7), CONTEXT);
        assertEquals(stage, returned);
        stage.completeExceptionally(new CompletionException(new IllegalStateException("no such order")));
        assertEquals(
                "java.lang.IllegalStateException",
                traces.ended().get(0).getAttributes().get(MessagingAttributes.ERROR_TYPE));
    }

    @Test
    void aHandlerThatReturnsNoStageIsToldSo() {
        AsyncTopicHandler<String, String> handler = (record, context) -> null;
        TracedAsyncHandler<String, String> traced = new TracedAsyncHandler<>(handler, spans);
        NullPointerException thrown =
                assertThrows(NullPointerException.class, () -> traced.handleAsync(orders(7), CONTEXT));
        assertEquals("the handler returned no stage; it has to return one that completes", thrown.getMessage());
        assertEquals(StatusData.error(), traces.ended().get(0).getStatus());
    }

    @Test
    void whatABatchThrowsComesOutAndEndsTheSpan() {
        BatchTopicHandler<String, String> handler = (records, context) -> {
            throw new IllegalStateException("no such order");
        };
        TracedBatchHandler<String, String> traced = new TracedBatchHandler<>(handler, spans);
        assertThrows(IllegalStateException.class, () -> traced.handleBatch(List.of(orders(7), orders(8)), CONTEXT));
        assertEquals(StatusData.error(), traces.ended().get(0).getStatus());
        assertEquals(false, Span.current().getSpanContext().isValid());
    }

    @Test
    void whatAnErrorThrowsComesOutAndEndsTheSpan() {
        TopicHandler<String, String> handler = (record, context) -> {
            throw new StackOverflowError();
        };
        TracedHandler<String, String> traced = new TracedHandler<>(handler, spans);
        assertThrows(StackOverflowError.class, () -> traced.handle(orders(7), CONTEXT));
        assertEquals(
                "java.lang.StackOverflowError",
                traces.ended().get(0).getAttributes().get(MessagingAttributes.ERROR_TYPE));
    }
}
