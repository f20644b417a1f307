package io.bywash.core.metrics;

import com.codahale.metrics.Timer;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** How long one handler takes, and how old records are once it is through with them. May be used from any thread. */
public final class HandlerTimes {
    private final Timer ofConsumer;
    private final BucketHistogram latency;
    private final BucketHistogram delay;
    private final InstantSource clock;

    HandlerTimes(Timer ofConsumer, BucketHistogram latency, BucketHistogram delay, InstantSource clock) {
        this.ofConsumer = ofConsumer;
        this.latency = latency;
        this.delay = delay;
        this.clock = clock;
    }

    /**
     * Adds a measured call. Of fast handlers a few calls are measured.
     *
     * @param nanos how long the call took: for one record, for a batch, or until the stage was complete
     */
    public void took(long nanos) {
        ofConsumer.update(nanos, TimeUnit.NANOSECONDS);
        latency.add(nanos);
    }

    /**
     * Adds a record that is handled after a measured call.
     *
     * @param record the record, or the first of a batch; one without a timestamp is left out
     */
    public void handled(ConsumerRecord<?, ?> record) {
        if (record.timestamp() >= 0) {
            delay.add(TimeUnit.MILLISECONDS.toNanos(clock.millis() - record.timestamp()));
        }
    }
}
