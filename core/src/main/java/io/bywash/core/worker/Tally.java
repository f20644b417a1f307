package io.bywash.core.worker;

import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.metrics.ConsumerMetrics.Count;
import io.bywash.core.metrics.HandlerTimes;
import io.bywash.core.thread.Ticker;
import io.bywash.core.thread.Timeslice;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Counts what a worker does and reports it per batch, so that a fast handler is not slowed by being counted. Time is measured for
 * few of the calls, until one turns out slow enough to measure and report each: then there are records behind it in the batch
 * that would otherwise count as waiting until the last of them is done.
 */
final class Tally {
    private static final long SLOW_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final int SAMPLE = 64;

    private final ConsumerMetrics metrics;
    private final HandlerTimes times;
    private final Ticker ticker;
    private final Timeslice slice = new Timeslice();
    private long handled;
    private long began;
    private boolean measuring;
    private boolean slow;

    Tally(ConsumerMetrics metrics, HandlerTimes times, Ticker ticker) {
        this.metrics = metrics;
        this.times = times;
        this.ticker = ticker;
    }

    void stepBegins() {
        slice.begin(ticker.nanos());
    }

    void callBegins(int index) {
        measuring = slow || index % SAMPLE == 0;
        if (measuring) {
            began = ticker.nanos();
        }
    }

    void callEnds() {
        if (measuring) {
            long now = ticker.nanos();
            long took = now - began;
            slow = took > SLOW_NANOS;
            slice.at(now);
            times.took(took);
        }
    }

    void handled(ConsumerRecord<?, ?> record) {
        handled++;
        if (measuring) {
            times.handled(record);
        }
    }

    /** Tells whether counts should be reported now rather than with the batch. */
    boolean isSlow() {
        return slow;
    }

    /** Tells whether the step has gone on for long enough, as far as that was measured. */
    boolean othersGoFirst() {
        return slice.isOver();
    }

    void report() {
        if (handled > 0) {
            metrics.add(Count.HANDLED, handled);
            handled = 0;
        }
    }
}
