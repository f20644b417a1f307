package io.bywash.runtime;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.MetricRegistryListener;
import com.codahale.metrics.Timer;
import com.codahale.metrics.jmx.JmxReporter;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;

/**
 * Shows the metrics of a registry by JMX, on a thread of its own: each partition has several, a bean takes its time to be registered,
 * and whoever registers a metric may be the poll thread in the middle of a rebalance. So a bean appears a little after its metric.
 */
final class JmxView implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final MetricRegistry metrics;
    private final MetricRegistry shown = new MetricRegistry();
    private final JmxReporter reporter;
    private final MetricRegistryListener mirror = new Mirror();
    /** What comes after its end is discarded: a consumer that ends late removes what is not shown any more. */
    private final ExecutorService thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            JmxView::daemon,
            new ThreadPoolExecutor.DiscardPolicy());

    /**
     * Creates a view that shows nothing yet.
     *
     * @param metrics what to show
     * @param server where to
     */
    JmxView(MetricRegistry metrics, MBeanServer server) {
        this.metrics = metrics;
        this.reporter = JmxReporter.forRegistry(shown)
                .registerWith(server)
                .inDomain("io.bywash")
                .build();
    }

    /** Begins to show what there is and what comes. */
    void start() {
        reporter.start();
        metrics.addListener(mirror);
    }

    /** Shows nothing any more. */
    @Override
    public void close() {
        metrics.removeListener(mirror);
        thread.shutdownNow();
        try {
            // A bean that is registered after the end would stay for ever.
            thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reporter.close();
    }

    private static Thread daemon(Runnable work) {
        Thread jmx = new Thread(work, "bywash-jmx");
        jmx.setDaemon(true);
        return jmx;
    }

    /** Does to what is shown whatever is done to the registry, in the same order. */
    private final class Mirror implements MetricRegistryListener {
        private void added(String name, Metric metric) {
            thread.execute(() -> shown.register(name, metric));
        }

        private void removed(String name) {
            thread.execute(() -> shown.remove(name));
        }

        @Override
        public void onGaugeAdded(String name, Gauge<?> gauge) {
            added(name, gauge);
        }

        @Override
        public void onGaugeRemoved(String name) {
            removed(name);
        }

        @Override
        public void onCounterAdded(String name, Counter counter) {
            added(name, counter);
        }

        @Override
        public void onCounterRemoved(String name) {
            removed(name);
        }

        @Override
        public void onHistogramAdded(String name, Histogram histogram) {
            added(name, histogram);
        }

        @Override
        public void onHistogramRemoved(String name) {
            removed(name);
        }

        @Override
        public void onMeterAdded(String name, Meter meter) {
            added(name, meter);
        }

        @Override
        public void onMeterRemoved(String name) {
            removed(name);
        }

        @Override
        public void onTimerAdded(String name, Timer timer) {
            added(name, timer);
        }

        @Override
        public void onTimerRemoved(String name) {
            removed(name);
        }
    }
}
