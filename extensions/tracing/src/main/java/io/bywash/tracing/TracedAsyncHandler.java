package io.bywash.tracing;

import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.HandlerContext;
import io.bywash.runtime.wrap.WrappedHandler;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A handler that returns stages: a span lasts until its stage completes. The stage itself is passed on, since it may be cancelled. */
record TracedAsyncHandler<K, V>(AsyncTopicHandler<K, V> handler, Spans spans)
        implements AsyncTopicHandler<K, V>, WrappedHandler<K, V> {
    @Override
    public CompletionStage<?> handleAsync(ConsumerRecord<K, V> record, HandlerContext context) throws Exception {
        CallSpan span = spans.begin(record, context.attempt());
        return span.around(() -> {
            CompletionStage<?> stage = Objects.requireNonNull(
                    handler.handleAsync(record, context),
                    "the handler returned no stage; it has to return one that completes");
            stage.whenComplete((ignored, thrown) -> end(span, thrown));
            return stage;
        });
    }

    private static void end(CallSpan span, @Nullable Throwable thrown) {
        if (thrown == null) {
            span.end();
        } else {
            span.failed(
                    thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown);
        }
    }
}
