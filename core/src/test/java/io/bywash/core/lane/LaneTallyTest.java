package io.bywash.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.metrics.HandlerTimes;
import java.time.Duration;
import java.time.InstantSource;
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

    private long entered() {
        return registry.timer("bywash.consumer.handler-time").getCount();
    }

    private void calls(int count, Duration took) {
        for (int i = 0; i < count; i++) {
            tally.callBegins();
            now += took.toNanos();
            tally.callEnds();
            tally.over(times, record, 1);
        }
    }
}
