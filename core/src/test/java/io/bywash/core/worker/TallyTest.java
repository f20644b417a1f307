package io.bywash.core.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.metrics.ConsumerMetrics;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Fast calls are hardly measured; slow ones are, soon after they have become slow. */
class TallyTest {
    private static final int BATCH = 5_000;

    private final MetricRegistry registry = new MetricRegistry();
    private long now;
    private final ConsumerMetrics metrics = new ConsumerMetrics(registry, "consumer");
    private final ConsumerRecord<byte[], byte[]> record =
            new ConsumerRecord<>("orders", 0, 0, new byte[0], new byte[0]);
    private final Tally tally = new Tally(metrics, metrics.handler("handler", InstantSource.system()), () -> now);

    @Test
    void samplesFastCalls() {
        for (int index = 0; index < BATCH; index++) {
            call(index, Duration.ofNanos(500));
        }
        assertFalse(tally.isSlow());
        long measured = registry.timer("bywash.consumer.handler-time").getCount();
        assertTrue(measured >= 1 && measured <= BATCH / 50, () -> "measured " + measured);
    }

    @Test
    void noticesCallsThatBecomeSlowInTheMiddleOfABatch() {
        call(0, Duration.ofNanos(500));
        int index = 1;
        while (!tally.isSlow() && index < BATCH) {
            call(index++, Duration.ofMillis(5));
        }
        assertTrue(index <= 100, "noticed after " + index + " calls");
        call(index++, Duration.ofNanos(500));
        assertFalse(tally.isSlow(), "and that they are fast again");
    }

    @Test
    void reportsWhatIsNew() {
        tally.handled(record);
        tally.handled(record);
        tally.report();
        tally.report();
        assertEquals(2, registry.meter("bywash.consumer.handled").getCount());
    }

    private void call(int index, Duration took) {
        tally.callBegins(index);
        now += took.toNanos();
        tally.callEnds();
    }
}
