package io.bywash.console.api;

import io.bywash.console.http.Caller;
import io.bywash.console.http.Json;
import io.bywash.console.http.Refusal;
import io.bywash.console.http.Route;
import io.bywash.console.settings.ConsoleSettings.Contents;
import io.bywash.core.GroupConsumer;
import io.bywash.tools.deadletter.LetterFilter;
import io.bywash.tools.deadletter.RedriveLimits;
import io.bywash.tools.deadletter.RedriveScope;
import io.bywash.tools.deadletter.RedriveTarget;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sends dead letters back. What is asked for is written down before anything is sent, and what came of it afterwards. */
final class RedriveRoutes {
    private final Consumers consumers;
    private final Redrives redrives;
    private final AuditLog audit;
    private final Contents contents;
    private final Consumer<String> changed;

    /**
     * Creates the routes.
     *
     * @param contents whether the audit log may hold keys and headers that are asked for
     * @param changed hears of a consumer whose letters have gone back
     */
    RedriveRoutes(Consumers consumers, Redrives redrives, AuditLog audit, Contents contents, Consumer<String> changed) {
        this.consumers = consumers;
        this.redrives = redrives;
        this.audit = audit;
        this.contents = contents;
        this.changed = changed;
    }

    private record Asked(
            @Nullable String exception,
            @Nullable String key,
            @Nullable String handler,
            @Nullable Map<String, String> headers,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable RedriveTarget target,
            @Nullable Boolean again,
            @Nullable Boolean dryRun,
            @Nullable Integer perSecond,
            @Nullable Integer cap) {

        LetterFilter filter() {
            if (headers != null && headers.values().stream().anyMatch(Objects::isNull)) {
                throw new Refusal(
                        Refusal.BAD_REQUEST, "no such header", "a header is null; give the text it must have");
            }
            return Filters.within(
                    LetterFilter.ALL
                            .withException(Optional.ofNullable(exception))
                            .withKey(Optional.ofNullable(key))
                            .withHandler(Optional.ofNullable(handler))
                            .withHeaders(headers == null ? Map.of() : headers),
                    Optional.ofNullable(from),
                    Optional.ofNullable(to));
        }

        RedriveLimits limits() {
            try {
                return new RedriveLimits(
                        perSecond == null ? OptionalInt.empty() : OptionalInt.of(perSecond),
                        OptionalLong.empty(),
                        cap == null ? RedriveLimits.DEFAULT.redrives() : cap);
            } catch (IllegalArgumentException e) {
                throw new Refusal(Refusal.BAD_REQUEST, "no such limit", String.valueOf(e.getMessage()));
            }
        }

        /** Nothing goes back unless the request says so, twice or to all groups only if it says that. */
        Redrives.Plan plan() {
            return new Redrives.Plan(
                    filter(),
                    Boolean.TRUE.equals(again) ? RedriveScope.ALL : RedriveScope.PENDING,
                    target == null ? RedriveTarget.GROUP : target,
                    limits(),
                    Boolean.FALSE.equals(dryRun) ? Redrives.Mode.REDRIVE : Redrives.Mode.REHEARSE);
        }
    }

    private record Begun(String id) {}

    private record All(List<RedriveStatus> redrives) {}

    /** What stops a redrive needs no more than its name. */
    private record Nothing() {}

    List<Route> routes() {
        return List.of(
                Route.post("/api/v1/consumers/{name}/redrive", this::begin),
                Route.get("/api/v1/redrives", context -> Json.answer(context, new All(redrives.newestFirst()))),
                Route.get(
                        "/api/v1/redrives/{id}",
                        context -> Json.answer(context, redrives.status(context.pathParam("id")))),
                Route.post("/api/v1/redrives/{id}/stop", this::stop));
    }

    private void begin(Context context) {
        GroupConsumer consumer = consumers.named(context);
        Redrives.Plan plan = Json.body(context, Asked.class).plan();
        Caller caller = Caller.of(context);
        String name = consumer.settings().name();
        String target = name + ": " + meant(plan);
        String id = redrives.begin(
                consumer.settings(),
                plan,
                begun -> audit.add(caller, "redrive", target, "begun as " + begun),
                status -> {
                    if (plan.mode() == Redrives.Mode.REDRIVE) {
                        changed.accept(name);
                        audit.add(caller, "redrive", target, status.outcome());
                    }
                });
        context.status(202);
        Json.answer(context, new Begun(id));
    }

    private String meant(Redrives.Plan plan) {
        return meant(plan.filter()) + (plan.scope() == RedriveScope.ALL ? ", those that have gone back as well" : "")
                + ", to the " + (plan.target() == RedriveTarget.GROUP ? "group" : "source topic") + ", at most "
                + plan.limits().redrives() + " times each";
    }

    private String meant(LetterFilter filter) {
        List<String> parts = new ArrayList<>();
        filter.exception().ifPresent(exception -> parts.add("of " + exception));
        filter.handler().ifPresent(handler -> parts.add("of handler " + handler));
        filter.key().ifPresent(key -> parts.add("with the key " + shown(key)));
        filter.headers().forEach((name, value) -> parts.add("with the header " + name + " = " + shown(value)));
        filter.since().ifPresent(since -> parts.add("from " + since));
        filter.until().ifPresent(until -> parts.add("before " + until));
        return parts.isEmpty() ? "all dead letters" : "dead letters " + String.join(", ", parts);
    }

    private String shown(String content) {
        return contents == Contents.SHOWN ? content : "(hidden)";
    }

    private void stop(Context context) {
        Json.body(context, Nothing.class);
        RedriveStatus status = redrives.stop(context.pathParam("id"));
        if (!status.dryRun()) {
            audit.add(
                    Caller.of(context),
                    "stop",
                    status.consumer() + ": redrive " + status.id(),
                    status.isRunning() ? "it ends after the batch it is at" : "it was over");
        }
        context.status(204);
    }
}
