package io.bywash.console.api;

import io.bywash.console.http.Caller;
import io.bywash.console.http.Json;
import io.bywash.console.http.Refusal;
import io.bywash.console.http.Route;
import io.bywash.core.GroupConsumer;
import io.bywash.tools.deadletter.LetterFilter;
import io.bywash.tools.deadletter.RedriveLimits;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Sends dead letters back to the group that failed. */
final class RedriveRoutes {
    private final Consumers consumers;
    private final Redrives redrives;
    private final AuditLog audit;

    RedriveRoutes(Consumers consumers, Redrives redrives, AuditLog audit) {
        this.consumers = consumers;
        this.redrives = redrives;
        this.audit = audit;
    }

    private record Asked(
            @Nullable String exception,
            @Nullable String key,
            @Nullable String handler,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Boolean dryRun,
            @Nullable Integer perSecond) {

        LetterFilter filter() {
            return Filters.within(
                    LetterFilter.ALL
                            .withException(Optional.ofNullable(exception))
                            .withKey(Optional.ofNullable(key))
                            .withHandler(Optional.ofNullable(handler)),
                    Optional.ofNullable(from),
                    Optional.ofNullable(to));
        }

        RedriveLimits limits() {
            try {
                return new RedriveLimits(
                        perSecond == null ? OptionalInt.empty() : OptionalInt.of(perSecond),
                        OptionalLong.empty(),
                        RedriveLimits.DEFAULT.redrives());
            } catch (IllegalArgumentException e) {
                throw new Refusal(Refusal.BAD_REQUEST, "no such pace", String.valueOf(e.getMessage()));
            }
        }

        /** Nothing goes back unless the request says so. */
        Redrives.Mode mode() {
            return Boolean.FALSE.equals(dryRun) ? Redrives.Mode.REDRIVE : Redrives.Mode.REHEARSE;
        }
    }

    private record Begun(String id) {}

    List<Route> routes() {
        return List.of(
                Route.post("/api/v1/consumers/{name}/redrive", this::begin),
                Route.get(
                        "/api/v1/redrives/{id}",
                        context -> Json.answer(context, redrives.status(context.pathParam("id")))));
    }

    private void begin(Context context) {
        GroupConsumer consumer = consumers.named(context);
        Asked asked = Json.body(context, Asked.class);
        LetterFilter filter = asked.filter();
        RedriveLimits limits = asked.limits();
        Caller caller = Caller.of(context);
        String target = consumer.settings().name() + ": dead letters"
                + (filter.equals(LetterFilter.ALL) ? "" : ", some of them");
        String id = redrives.begin(consumer.settings(), filter, limits, asked.mode(), status -> {
            if (asked.mode() == Redrives.Mode.REDRIVE) {
                audit.add(caller, "redrive", target, status.outcome());
            }
        });
        context.status(202);
        Json.answer(context, new Begun(id));
    }
}
