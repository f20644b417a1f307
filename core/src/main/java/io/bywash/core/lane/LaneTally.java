package io.bywash.core.lane;

import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.metrics.ConsumerMetrics.Count;
import io.bywash.core.metrics.HandlerTimes;
import io.bywash.core.thread.Ticker;
import io.bywash.core.thread.Timeslice;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Counts and times the calls of one lane. Those that are not quick are all timed, since the pace depends on it; few are entered into
 * the metrics until one of these turns out slow, so that a fast handler is not slowed by being watched. Belongs to the lane.
 */
final class LaneTally {
    private static final long SLOW_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final int SAMPLE = 64;

    private final ConsumerMetrics metrics;
    private final Ticker ticker;
    private final Pace pace;
    private final Timeslice slice = new Timeslice();
    private int number;
    private boolean slow;
    private boolean entered;
    private boolean timed;
    private long began;
    private long took;
    private long handled;

    LaneTally(ConsumerMetrics metrics, Ticker ticker, Pace pace) {
        this.metrics = metrics;
        this.ticker = ticker;
        this.pace = pace;
    }

    void stepBegins() {
        slice.begin(ticker.nanos());
    }

    void callBegins() {
        entered = number++ % SAMPLE == 0 || slow;
        timed = entered || !pace.isQuick();
        if (timed) {
            began = ticker.nanos();
        }
    }

    void callEnds() {
        if (timed) {
            long now = ticker.nanos();
            took = now - began;
            slice.at(now);
            pace.took(took);
        }
        if (entered) {
            slow = took > SLOW_NANOS;
        }
    }

    /** Tells whether the step has gone on for long enough, as far as that was measured. */
    boolean othersGoFirst() {
        return slice.isOver();
    }

    /**
     * Takes in what came of the call, if that is known now.
     *
     * @param times of the handler
     * @param first the record of the call, or the first of them
     * @param records how many are complete
     */
    void over(HandlerTimes times, ConsumerRecord<?, ?> first, int records) {
        if (entered) {
            times.took(took);
            if (records > 0) {
                times.handled(first);
            }
        }
        handled += records;
        if (entered || handled >= SAMPLE) {
            report();
        }
    }

    void report() {
        if (handled > 0) {
            metrics.add(Count.HANDLED, handled);
            handled = 0;
        }
    }
}
