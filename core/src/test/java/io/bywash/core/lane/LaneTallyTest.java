package io.bywash.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.metrics.BucketHistogram;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.metrics.HandlerTimes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** All records count; few calls are entered into the metrics until they are slow, though the pace learns of each that is not quick. */
class LaneTallyTest {
    private static final int CALLS = 6_400;
    private static final Duration QUICK = Duration.ofNanos(500);
    private static final Duration NEITHER = Duration.ofNanos(25_000);
    private static final Duration SLOW = Duration.ofMillis(5);

    private final MetricRegistry registry = new MetricRegistry();
    private final ConsumerMetrics metrics = new ConsumerMetrics(registry, "consumer");
    private final HandlerTimes times = metrics.handler("handler", InstantSource.system());
    private final ConsumerRecord<byte[], byte[]> record =
            new ConsumerRecord<>("orders", 0, 0, new byte[0], new byte[0]);
    private final Pace pace = new Pace();
    private long now;
    private final LaneTally tally = new LaneTally(metrics, () -> now, pace);

    @Test
    void entersFewCallsThatAreNotSlowAndCountsAllRecords() {
        calls(CALLS, NEITHER);
        tally.report();
        assertEquals(CALLS / 64, entered());
        assertEquals(CALLS, registry.meter("bywash.consumer.handled").getCount());
    }

    @Test
    void entersEveryCallOnceOneWasFoundSlowAndStopsWhenOneIsNot() {
        calls(64, NEITHER);
        assertEquals(1, entered());
        calls(100, SLOW);
        assertEquals(101, entered());
        calls(50, NEITHER);
        assertTrue(entered() <= 103, () -> "entered " + entered());
    }

    @Test
    void hasThePaceLearnOfEachCallUntilItIsQuick() {
        calls(2_000, NEITHER);
        assertFalse(pace.isQuick());
        calls(1_024, QUICK);
        assertTrue(pace.isQuick());
    }

    /** One lane that takes a record of each in turn must not always miss the same. */
    @Test
    void samplesEachHandlerByItself() {
        HandlerTimes other = metrics.handler("other", InstantSource.system());
        for (int i = 0; i < CALLS; i++) {
            call(times, NEITHER);
            call(other, SLOW);
        }
        assertEquals(CALLS / 64, latencies("handler"));
        assertEquals(CALLS, latencies("other"));
    }

    @Test
    void reportsAtOnceWhatLasted() {
        calls(3, NEITHER);
        assertEquals(0, registry.meter("bywash.consumer.handled").getCount());
        calls(1, SLOW);
        assertEquals(4, registry.meter("bywash.consumer.handled").getCount());
    }

    private long entered() {
        return registry.timer("bywash.consumer.handler-time").getCount();
    }

    private long latencies(String handler) {
        BucketHistogram histogram = (BucketHistogram)
                Objects.requireNonNull(registry.getMetrics().get("bywash.consumer." + handler + ".handler-latency"));
        return Arrays.stream(histogram.counts()).sum();
    }

    private void calls(int count, Duration took) {
        for (int i = 0; i < count; i++) {
            call(times, took);
        }
    }

    private void call(HandlerTimes handler, Duration took) {
        tally.callBegins(handler);
        now += took.toNanos();
        tally.callEnds();
        tally.over(handler, record, 1);
    }
}
