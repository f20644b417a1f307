package io.bywash.monitoring;

import io.bywash.runtime.Bywash;
import io.bywash.runtime.Companion;
import io.bywash.runtime.health.Health;
import io.bywash.runtime.health.Probe;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port, as it takes part in one application. Started and closed by one thread. */
final class Monitoring implements Companion {
    private static final Logger LOG = LoggerFactory.getLogger(Monitoring.class);

    /** As often as the poll threads take snapshots: asked more often, there would be nothing new to say. */
    private static final Duration SNAPSHOTS = Duration.ofMillis(500);

    private final String host;
    private final int port;
    private @Nullable HttpPort open;

    Monitoring(String host, int port) {
        this.host = host;
        this.port = port;
    }

    @Override
    public void start(Bywash bywash) throws IOException {
        Map<String, Page> pages = new HashMap<>();
        pages.put("/metrics", new MetricsPage(() -> Families.of(ConsumerView.of(bywash), bywash.metrics()), SNAPSHOTS));
        for (Probe probe : Probe.values()) {
            pages.put(probe.path(), new HealthPage(probe, () -> Health.of(bywash)));
        }
        HttpPort opened = HttpPort.open(host, port, pages);
        open = opened;
        LOG.info("monitoring at {}: /metrics, /livez, /readyz, /startupz", opened.address());
    }

    /** Returns where it listens, once it does. */
    URI address() {
        return Objects.requireNonNull(open).address();
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
        }
    }
}
