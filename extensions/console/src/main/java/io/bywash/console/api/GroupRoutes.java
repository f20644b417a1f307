package io.bywash.console.api;

import io.bywash.console.events.EventLogs;
import io.bywash.console.events.EventView;
import io.bywash.console.http.Json;
import io.bywash.console.http.Route;
import io.bywash.core.GroupConsumer;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;

/** What concerns the group as a whole: its history here, and its members everywhere. */
final class GroupRoutes {
    private static final Duration MEMBERS_GOOD_FOR = Duration.ofSeconds(3);

    private final Consumers consumers;
    private final EventLogs events;
    private final Answers<String> members;

    GroupRoutes(Consumers consumers, EventLogs events, SlowWork slow) {
        this.consumers = consumers;
        this.events = events;
        this.members = new Answers<>(slow, cost -> MEMBERS_GOOD_FOR);
    }

    private record Events(List<EventView> events) {}

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/consumers/{name}/events", this::events),
                Route.get("/api/v1/consumers/{name}/members", this::members));
    }

    private void events(Context context) {
        GroupConsumer consumer = consumers.named(context);
        Json.answer(context, new Events(events.of(consumer.settings().name())));
    }

    private void members(Context context) {
        GroupConsumer consumer = consumers.named(context);
        members.answer(context, consumer.settings().name(), () -> Members.of(consumer));
    }
}
