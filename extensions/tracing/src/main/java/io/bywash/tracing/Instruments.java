package io.bywash.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.Map;

/**
 * What spans are made with.
 *
 * @param tracer makes them
 * @param propagator reads contexts from headers and writes them
 * @param groups the group of each consumer
 */
record Instruments(Tracer tracer, TextMapPropagator propagator, Map<String, String> groups) {
    static Instruments of(OpenTelemetry openTelemetry, Map<String, String> groups) {
        return new Instruments(
                openTelemetry.getTracer("io.bywash.tracing"),
                openTelemetry.getPropagators().getTextMapPropagator(),
                Map.copyOf(groups));
    }

    String group(String consumer) {
        return groups.getOrDefault(consumer, consumer);
    }
}
