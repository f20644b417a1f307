package io.bywash.monitoring;

import com.sun.net.httpserver.Headers;
import io.bywash.runtime.health.Health;
import io.bywash.runtime.health.Probe;
import io.bywash.runtime.health.ProbeAnswer;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** The answer to a probe: 200 or 503, and as JSON why. */
final class HealthPage implements Page {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Probe probe;
    private final Supplier<Health> health;

    HealthPage(Probe probe, Supplier<Health> health) {
        this.probe = probe;
        this.health = health;
    }

    @Override
    public Reply answer(Headers request) {
        ProbeAnswer answer = probe.answer(health.get());
        return new Reply(
                answer.httpStatus(), Map.of("Content-Type", "application/json"), JSON.writeValueAsBytes(answer));
    }
}
