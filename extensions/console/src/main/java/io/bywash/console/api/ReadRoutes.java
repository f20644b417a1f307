package io.bywash.console.api;

import io.bywash.console.http.Caller;
import io.bywash.console.http.Json;
import io.bywash.console.http.Refusal;
import io.bywash.console.http.Route;
import io.bywash.console.settings.ConsoleSettings;
import io.bywash.console.settings.Role;
import io.bywash.console.view.CallView;
import io.bywash.console.view.Views;
import io.bywash.console.view.WaitingView;
import io.bywash.core.GroupConsumer;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** What comes from snapshots. */
final class ReadRoutes {
    private final Consumers consumers;
    private final Views views;
    private final ConsoleSettings settings;

    ReadRoutes(Consumers consumers, Views views, ConsoleSettings settings) {
        this.consumers = consumers;
        this.views = views;
        this.settings = settings;
    }

    private record Session(String user, Role role, String csrfToken, boolean showRecords, String version) {}

    private record Calls(List<CallView> calls) {}

    private record Stack(String thread, List<String> stack) {}

    private record Waiting(List<WaitingView> records) {}

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/session", this::session),
                Route.get("/api/v1/overview", context -> Json.answer(context, views.overview())),
                Route.get(
                        "/api/v1/consumers/{name}/partitions",
                        context -> Json.answer(context, views.partitions(consumers.named(context)))),
                Route.get(
                        "/api/v1/consumers/{name}/calls",
                        context -> Json.answer(context, new Calls(Views.calls(consumers.named(context))))),
                Route.get("/api/v1/consumers/{name}/stack", this::stack),
                Route.get(
                        "/api/v1/consumers/{name}/waiting",
                        context -> Json.answer(context, new Waiting(views.waiting(consumers.named(context))))));
    }

    private void session(Context context) {
        Caller caller = Caller.of(context);
        String version = Optional.ofNullable(ReadRoutes.class.getPackage().getImplementationVersion())
                .orElse("from a checkout");
        Json.answer(
                context,
                new Session(
                        caller.user(),
                        caller.role(),
                        caller.csrfToken(),
                        settings.contents() == ConsoleSettings.Contents.SHOWN,
                        version));
    }

    private void stack(Context context) {
        GroupConsumer consumer = consumers.named(context);
        Parameters parameters = new Parameters(context);
        String topic = parameters.text("topic");
        int partition = (int) parameters.number("partition");
        long offset = parameters.number("offset");
        Stack stack = consumer.snapshot().partitions().stream()
                .filter(one ->
                        one.partition().topic().equals(topic) && one.partition().partition() == partition)
                .flatMap(one -> one.calls().stream())
                .filter(call -> call.offset() == offset)
                .findFirst()
                .map(call -> new Stack(
                        call.thread(),
                        call.stack().get().stream().map(String::valueOf).toList()))
                .filter(found -> !found.stack().isEmpty())
                .orElseThrow(() -> new Refusal(
                        Refusal.NOT_FOUND,
                        "no such call",
                        "no call for this record is on a thread now; it has ended, or waits for its stage"));
        Json.answer(context, stack);
    }
}
