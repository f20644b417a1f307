package io.bywash.console.api;

import io.bywash.console.http.Caller;
import io.bywash.console.http.Json;
import io.bywash.console.http.Refusal;
import io.bywash.console.http.Route;
import io.bywash.core.GroupConsumer;
import io.bywash.core.event.RecordPosition;
import io.javalin.http.Context;
import java.util.Collection;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What an operator can do about partitions and halted records. */
final class ActionRoutes {
    private static final int MOST_NAMED = 20;

    private final Consumers consumers;
    private final AuditLog audit;

    ActionRoutes(Consumers consumers, AuditLog audit) {
        this.consumers = consumers;
        this.audit = audit;
    }

    private record Some(@Nullable List<String> partitions) {}

    private record One(@Nullable String record) {}

    private record Confirmed(
            @Nullable String record, @Nullable String confirm) {}

    private record Done(boolean done) {}

    private record Audit(List<AuditLog.Entry> entries) {}

    /** What is done to partitions. */
    @FunctionalInterface
    private interface Change {
        void to(GroupConsumer consumer, Collection<TopicPartition> partitions);
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/v1/consumers/{name}/pause", context -> change(context, "pause", GroupConsumer::pause)),
                Route.post(
                        "/api/v1/consumers/{name}/resume", context -> change(context, "resume", GroupConsumer::resume)),
                Route.post("/api/v1/consumers/{name}/retry", this::retry),
                Route.post("/api/v1/consumers/{name}/skip", this::skip),
                Route.get("/api/v1/audit", context -> Json.answer(context, new Audit(audit.newestFirst()))));
    }

    private void change(Context context, String action, Change change) {
        GroupConsumer consumer = consumers.named(context);
        List<String> names = Json.body(context, Some.class).partitions();
        Collection<TopicPartition> partitions = new Targets(consumer).partitions(names == null ? List.of() : names);
        change.to(consumer, partitions);
        audit.add(Caller.of(context), action, consumer.settings().name() + ": " + named(partitions), "done");
        context.status(204);
    }

    private static String named(Collection<TopicPartition> partitions) {
        String first = partitions.stream()
                .map(TopicPartition::toString)
                .sorted()
                .limit(MOST_NAMED)
                .collect(Collectors.joining(", "));
        return partitions.size() <= MOST_NAMED ? first : first + " and " + (partitions.size() - MOST_NAMED) + " more";
    }

    private void retry(Context context) {
        order(context, "retry", required(Json.body(context, One.class).record()), GroupConsumer::retryHalted);
    }

    private void skip(Context context) {
        Confirmed asked = Json.body(context, Confirmed.class);
        String record = required(asked.record());
        if (!record.equals(asked.confirm())) {
            throw new Refusal(
                    Refusal.BAD_REQUEST,
                    "not confirmed",
                    "what is skipped is never handled, so confirm must repeat record letter by letter; type it again");
        }
        order(context, "skip", record, GroupConsumer::skipHalted);
    }

    private static String required(@Nullable String record) {
        if (record == null) {
            throw new Refusal(Refusal.BAD_REQUEST, "no record", "record is missing; name it as in orders-0@42");
        }
        return record;
    }

    private void order(Context context, String action, String name, BiPredicate<GroupConsumer, RecordPosition> order) {
        GroupConsumer consumer = consumers.named(context);
        RecordPosition record = new Targets(consumer).record(name);
        boolean done = order.test(consumer, record);
        audit.add(
                Caller.of(context),
                action,
                consumer.settings().name() + ": " + record,
                done ? "done" : "not done, the record is not halted here now");
        Json.answer(context, new Done(done));
    }
}
