package io.bywash.core.lane;

import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.metrics.ConsumerMetrics.Count;
import io.bywash.core.metrics.HandlerTimes;
import io.bywash.core.thread.Ticker;
import io.bywash.core.thread.Timeslice;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times the calls of one lane. Until they are known to be quick all are timed, since the pace depends on it; few of each
 * handler are entered into the metrics until one of these turns out slow, so that a fast handler is not slowed by being watched.
 * Belongs to the lane.
 */
final class LaneTally {
    private static final long SLOW_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final int SAMPLE = 64;

    private final ConsumerMetrics metrics;
    private final Ticker ticker;
    private final Pace pace;
    private final Timeslice slice = new Timeslice();
    private final Map<HandlerTimes, Sampling> samplings = new IdentityHashMap<>();

    @SuppressWarnings("NullAway.Init") // a call begins before anything is asked of it
    private Sampling sampling;

    private @Nullable HandlerTimes sampled;
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

    void callBegins(HandlerTimes times) {
        if (times != sampled) {
            sampled = times;
            sampling = samplings.computeIfAbsent(times, fresh -> new Sampling());
        }
        entered = sampling.takes();
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
            sampling.took(took);
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
        // Whoever reads the counts sees what lasts; what is quick is soon followed by more, or by a rest.
        if (timed && took > SLOW_NANOS || handled >= SAMPLE) {
            report();
        }
    }

    void report() {
        if (handled > 0) {
            metrics.add(Count.HANDLED, handled);
            handled = 0;
        }
    }

    /** Which calls of a handler are entered: one in so many, and each that follows one that was entered and slow. */
    private static final class Sampling {
        private int number;
        private boolean slow;

        boolean takes() {
            return number++ % SAMPLE == 0 || slow;
        }

        void took(long nanos) {
            slow = nanos > SLOW_NANOS;
        }
    }
}
