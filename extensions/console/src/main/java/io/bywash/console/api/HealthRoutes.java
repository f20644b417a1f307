package io.bywash.console.api;

import io.bywash.console.http.Json;
import io.bywash.console.http.Route;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.HoldCause;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.health.ConsumerHealth;
import io.bywash.runtime.health.Health;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The probes of an orchestrator, which log in nowhere and ask by address. They say where something is held up, and nothing of records. */
final class HealthRoutes {
    private static final int MOST_NAMED = 100;

    private final Bywash bywash;

    HealthRoutes(Bywash bywash) {
        this.bywash = bywash;
    }

    private record Body(String status, List<OfConsumer> consumers) {}

    private record OfConsumer(
            String name, ConsumerState state, Optional<String> objection, int heldCount, List<OfPartition> held) {}

    private record OfPartition(String topic, int partition, HoldCause cause, long offset) {}

    List<Route> routes() {
        return List.of(
                Route.get("/livez", context -> answer(context, ConsumerHealth::notLive)),
                Route.get("/readyz", context -> answer(context, ConsumerHealth::notReady)),
                Route.get("/startupz", context -> answer(context, ConsumerHealth::notStarted)));
    }

    private void answer(Context context, Function<ConsumerHealth, Optional<String>> probe) {
        List<OfConsumer> consumers = Health.of(bywash).consumers().stream()
                .map(health -> of(health, probe.apply(health)))
                .toList();
        boolean passed = consumers.stream().allMatch(one -> one.objection.isEmpty());
        context.status(passed ? 200 : 503);
        Json.answer(context, new Body(passed ? "ok" : "failed", consumers));
    }

    private static OfConsumer of(ConsumerHealth health, Optional<String> objection) {
        List<PartitionSnapshot> held = health.held();
        return new OfConsumer(
                health.name(),
                health.state(),
                objection,
                held.size(),
                held.stream().limit(MOST_NAMED).map(HealthRoutes::of).toList());
    }

    private static OfPartition of(PartitionSnapshot partition) {
        Condition.Held held = (Condition.Held) partition.condition();
        return new OfPartition(
                partition.partition().topic(), partition.partition().partition(), held.cause(), held.offset());
    }
}
