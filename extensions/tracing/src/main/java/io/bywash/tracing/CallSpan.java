package io.bywash.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.concurrent.Callable;

/**
 * The span of one call.
 *
 * @param span the span
 * @param context what is current during the call: the span, and the baggage of the record
 */
record CallSpan(Span span, Context context) {

    /** Makes a call whose context this is. If it fails, the span ends. */
    <T> T around(Callable<T> call) throws Exception {
        try {
            return context.wrap(call).call();
        } catch (Throwable thrown) {
            failed(thrown);
            throw thrown;
        }
    }

    void failed(Throwable cause) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(MessagingAttributes.ERROR_TYPE, cause.getClass().getName());
        span.recordException(cause);
        span.end();
    }

    void end() {
        span.end();
    }
}
