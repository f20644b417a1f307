package io.bywash.tracing;

import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.Companion;
import io.bywash.runtime.HandlerWrapper;
import io.opentelemetry.api.OpenTelemetry;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Tracing, as it takes part in one application. Handlers are wrapped before it starts and called afterwards. */
final class Tracing implements Companion, HandlerWrapper {
    private final Supplier<OpenTelemetry> source;
    private volatile Instruments instruments = Instruments.of(OpenTelemetry.noop(), Map.of());

    Tracing(Supplier<OpenTelemetry> source) {
        this.source = source;
    }

    @Override
    public HandlerWrapper wrapper() {
        return this;
    }

    @Override
    public void start(Bywash bywash) {
        Map<String, String> groups = bywash.consumers().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().settings().group()));
        instruments = Instruments.of(source.get(), groups);
    }

    /** Keeps the shape of a handler, by which the engine decides how to call it. */
    @Override
    public <K, V> TopicHandler<K, V> wrap(String consumer, TopicHandler<K, V> handler) {
        Spans spans = new Spans(consumer, () -> instruments);
        if (handler instanceof AsyncTopicHandler<K, V> stages) {
            return new TracedAsyncHandler<>(stages, spans);
        }
        if (handler instanceof BatchTopicHandler<K, V> batches) {
            return new TracedBatchHandler<>(batches, spans);
        }
        return new TracedHandler<>(handler, spans);
    }
}
