package io.bywash.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An OpenTelemetry that keeps the spans that have ended. */
final class Traces implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final InMemorySpanExporter ended = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(ended))
            .build();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(provider)
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();

    OpenTelemetry openTelemetry() {
        return sdk;
    }

    /** Returns the spans that have ended, in the order in which they began. */
    List<SpanData> ended() {
        return ended.getFinishedSpanItems().stream()
                .sorted(Comparator.comparing(SpanData::getStartEpochNanos))
                .toList();
    }

    List<SpanData> awaitEnded(int count) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ended().size() < count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("instead of " + count + " spans only these ended: " + ended());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return ended();
    }

    @Override
    public void close() {
        provider.close();
    }
}
