package io.bywash.core.pull;

import io.bywash.core.binding.RecordDecoder;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.EventSink;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.metrics.ConsumerMetrics.Count;
import io.bywash.core.thread.Ticker;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the parts of one reader share.
 *
 * @param name the reader's name, for messages
 * @param decoders creates a decoder, which one thread uses at a time
 * @param ticker measures how long the application waits
 * @param metrics counts
 * @param events takes events
 * @param failure tells what stopped the reader, once something has
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public record ReaderContext<K, V>(
        String name,
        Supplier<RecordDecoder<K, V>> decoders,
        Ticker ticker,
        ConsumerMetrics metrics,
        EventSink events,
        Supplier<Optional<ConsumerFailedException>> failure) {

    void late(RecordPosition position) {
        metrics.add(Count.LATE, 1);
        events.publish(new GroupEvent.LateResult(position));
    }
}
