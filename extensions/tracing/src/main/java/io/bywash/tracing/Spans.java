package io.bywash.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Begins the spans of one consumer. May be called by many threads at once.
 *
 * <p>A record that brings no context is given that of its first span. So further attempts belong to the same trace, and so does the
 * dead letter, which has the headers of its record.
 */
final class Spans {
    private final String consumer;
    private final Supplier<Instruments> instruments;

    Spans(String consumer, Supplier<Instruments> instruments) {
        this.consumer = consumer;
        this.instruments = instruments;
    }

    /** Begins the span of a record. Its parent is the context that the record brings. */
    CallSpan begin(ConsumerRecord<?, ?> record, int attempt) {
        Instruments with = instruments.get();
        Context parent = brought(with, record);
        Span span = builder(with, record, attempt)
                .setParent(parent)
                .setAllAttributes(MessagingAttributes.ofRecord(record))
                .startSpan();
        CallSpan begun = new CallSpan(span, parent.with(span));
        if (!Span.fromContext(parent).getSpanContext().isValid()) {
            give(with, begun, record);
        }
        return begun;
    }

    /** Begins the span of a batch. It has no parent, and a link to the context of each record that brings one. */
    <K, V> CallSpan begin(List<ConsumerRecord<K, V>> records, int attempt) {
        if (records.size() == 1) {
            return begin(records.get(0), attempt);
        }
        Instruments with = instruments.get();
        List<ConsumerRecord<K, V>> bare = new ArrayList<>();
        SpanBuilder builder = builder(with, records.get(0), attempt)
                .setNoParent()
                .setAttribute(MessagingAttributes.BATCH_SIZE, (long) records.size());
        for (ConsumerRecord<K, V> record : records) {
            SpanContext brought = Span.fromContext(brought(with, record)).getSpanContext();
            if (brought.isValid()) {
                builder.addLink(brought, MessagingAttributes.ofRecord(record));
            } else {
                bare.add(record);
            }
        }
        Span span = builder.startSpan();
        CallSpan begun = new CallSpan(span, Context.root().with(span));
        bare.forEach(record -> give(with, begun, record));
        return begun;
    }

    /** What a thread of the consumer had as its context before is none of the record's business. */
    private static Context brought(Instruments with, ConsumerRecord<?, ?> record) {
        return with.propagator().extract(Context.root(), record.headers(), RecordHeaders.INSTANCE);
    }

    private static void give(Instruments with, CallSpan span, ConsumerRecord<?, ?> record) {
        with.propagator().inject(span.context(), record.headers(), RecordHeaders.INSTANCE);
    }

    private SpanBuilder builder(Instruments with, ConsumerRecord<?, ?> record, int attempt) {
        return with.tracer()
                .spanBuilder("process " + record.topic())
                .setSpanKind(SpanKind.CONSUMER)
                .setAllAttributes(MessagingAttributes.ofPartition(record))
                .setAttribute(MessagingAttributes.GROUP, with.group(consumer))
                .setAttribute(MessagingAttributes.CONSUMER, consumer)
                .setAttribute(MessagingAttributes.ATTEMPT, (long) attempt);
    }
}
