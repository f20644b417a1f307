package io.bywash.tracing;

import io.bywash.runtime.Companion;
import io.bywash.runtime.Extension;
import io.bywash.runtime.config.Section;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.function.Supplier;

/**
 * Puts a span round every call of a handler. It has no settings: what is sampled and where spans go is what {@link OpenTelemetry} is
 * told.
 *
 * <pre>{@code
 * Bywash.builder().extension(new TracingExtension(openTelemetry)).handler(new OrderHandler()).start();
 * }</pre>
 */
public final class TracingExtension implements Extension {
    private final Supplier<OpenTelemetry> source;

    /**
     * Creates the extension, as {@link java.util.ServiceLoader} does. It uses {@link GlobalOpenTelemetry} as it is when the application
     * starts; if nobody has set that, there are no spans.
     */
    public TracingExtension() {
        this.source = GlobalOpenTelemetry::getOrNoop;
    }

    /**
     * Creates an extension that an application hands to its builder, in the place of the one on the class path.
     *
     * @param openTelemetry makes the spans, and knows how contexts are written into headers
     */
    public TracingExtension(OpenTelemetry openTelemetry) {
        this.source = () -> openTelemetry;
    }

    @Override
    public String name() {
        return "tracing";
    }

    @Override
    public Companion configure(Section settings) {
        return new Tracing(source);
    }
}
