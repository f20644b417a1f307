package io.bywash.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.MetricRegistryListener;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BucketHistogramTest {
    private final BucketHistogram histogram = new BucketHistogram();

    @Test
    void aDurationThatIsABoundBelongsToTheBucketBelowItAsPrometheusCountsIt() {
        long[] bounds = histogram.boundsNanos();
        histogram.add(bounds[3]);
        histogram.add(bounds[3] + 1);
        long[] counts = histogram.counts();
        assertEquals(1, counts[3]);
        assertEquals(1, counts[4]);
        assertEquals(2, Arrays.stream(counts).sum());
    }

    @Test
    void whatIsAboveAllBoundsIsCountedOnceMoreThanThereAreBounds() {
        histogram.add(Long.MAX_VALUE / 2);
        assertEquals(histogram.boundsNanos().length + 1, histogram.counts().length);
        assertEquals(1, histogram.counts()[histogram.boundsNanos().length]);
    }

    @Test
    void aRegistryWithListenersTakesItAndPeopleCanReadIt() {
        MetricRegistry registry = new MetricRegistry();
        registry.addListener(new MetricRegistryListener.Base() {});
        registry.register("histogram", histogram);
        histogram.add(700_000);
        assertEquals(1, histogram.getValue().get("0.001"));
        assertEquals(0, histogram.getValue().get("+Inf"));
        assertEquals(histogram.counts().length, histogram.getValue().size());
    }

    @Test
    void clocksThatDisagreeAddNothingToTheSum() {
        histogram.add(-5_000_000_000L);
        histogram.add(1_500_000_000L);
        assertEquals(1, histogram.counts()[0]);
        assertEquals(1.5, histogram.sumSeconds());
    }

    @Test
    void nobodyCanChangeTheBoundsOfAllOthers() {
        long first = histogram.boundsNanos()[0];
        histogram.boundsNanos()[0] = 7;
        assertEquals(first, new BucketHistogram().boundsNanos()[0]);
        assertEquals(500_000, first);
    }
}
