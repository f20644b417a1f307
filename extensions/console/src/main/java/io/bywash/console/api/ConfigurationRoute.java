package io.bywash.console.api;

import io.bywash.console.http.Json;
import io.bywash.console.http.Route;
import io.bywash.runtime.cli.Explanation;
import io.bywash.runtime.plan.Preparation;
import java.util.List;

/** The settings in effect. They do not change while the process runs. */
final class ConfigurationRoute {
    private final Lines lines;

    ConfigurationRoute(Preparation preparation) {
        this.lines = new Lines(new Explanation(preparation).lines());
    }

    private record Lines(List<String> lines) {}

    Route route() {
        return Route.get("/api/v1/configuration", context -> Json.answer(context, lines));
    }
}
