package io.bywash.core.lane;

import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.metrics.ConsumerMetrics.Count;
import io.bywash.core.metrics.HandlerTimes;
import io.bywash.core.thread.Ticker;
import io.bywash.core.thread.Timeslice;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Counts and times the calls of one lane. While calls are quick it times few of them and counts many at once. Belongs to the lane. */
final class LaneTally {
    private static final int SAMPLE = 64;

    private final ConsumerMetrics metrics;
    private final Ticker ticker;
    private final Pace pace;
    private final Timeslice slice = new Timeslice();
    private int number;
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
        boolean sampled = number++ % SAMPLE == 0;
        timed = sampled || !pace.isQuick();
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
        if (timed) {
            times.took(took);
            if (records > 0) {
                times.handled(first);
            }
        }
        handled += records;
        if (timed || handled >= SAMPLE) {
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
