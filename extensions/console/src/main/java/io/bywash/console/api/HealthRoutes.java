package io.bywash.console.api;

import io.bywash.console.http.Json;
import io.bywash.console.http.Route;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.health.Health;
import io.bywash.runtime.health.Probe;
import io.bywash.runtime.health.ProbeAnswer;
import io.javalin.http.Context;
import java.util.List;
import java.util.stream.Stream;

/** The probes of an orchestrator, which log in nowhere and ask by address. */
final class HealthRoutes {
    private final Bywash bywash;

    HealthRoutes(Bywash bywash) {
        this.bywash = bywash;
    }

    List<Route> routes() {
        return Stream.of(Probe.values())
                .map(probe -> Route.get(probe.path(), context -> answer(context, probe)))
                .toList();
    }

    private void answer(Context context, Probe probe) {
        ProbeAnswer answer = probe.answer(Health.of(bywash));
        context.status(answer.httpStatus());
        Json.answer(context, answer);
    }
}
