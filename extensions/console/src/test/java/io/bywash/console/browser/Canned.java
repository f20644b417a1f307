package io.bywash.console.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** Answers in the place of the API, for what no broker of a test can be brought to: very many partitions, and hostile texts everywhere. */
final class Canned {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String TIME = "2026-01-31T08:00:00Z";

    private final int partitions;
    private final String text;

    /**
     * Prepares the answers of a consumer {@code orders}.
     *
     * @param partitions how many partitions it has; the last one is held up
     * @param text what stands wherever a record, a handler or a member could have put a text
     */
    Canned(int partitions, String text) {
        this.partitions = partitions;
        this.text = text;
    }

    /** Has the requests of a page answered. */
    void serve(Page page) {
        Map<String, Object> answers = new LinkedHashMap<>();
        answers.put("overview", overview());
        answers.put(
                "partitions",
                Map.of(
                        "taken",
                        TIME,
                        "partitions",
                        IntStream.range(0, partitions).mapToObj(this::partition).toList()));
        answers.put("calls", Map.of("calls", List.of(record("attempt", 1, "thread", text))));
        answers.put(
                "waiting",
                Map.of(
                        "records",
                        List.of(record("key", text, "cause", "RETRY", "attempts", 1, "until", TIME, "why", text))));
        answers.put(
                "events",
                Map.of(
                        "events",
                        List.of(Map.of(
                                "at",
                                TIME,
                                "type",
                                "RecordFailed",
                                "failure",
                                true,
                                "text",
                                text,
                                "claimed",
                                List.of(text)))));
        answers.put(
                "members",
                Map.of(
                        "state",
                        "STABLE",
                        "members",
                        List.of(Map.of(
                                "memberId",
                                "1",
                                "clientId",
                                text,
                                "host",
                                text,
                                "partitions",
                                List.of(text),
                                "self",
                                false))));
        answers.put(
                "dead-letters*",
                Map.of(
                        "complete",
                        true,
                        "groups",
                        List.of(Map.of(
                                "exception", text, "handler", text, "count", 1, "oldest", TIME, "newest", TIME))));
        answers.put("dead-letters/records*", Map.of("letters", List.of(letter())));
        answers.forEach((path, answer) -> page.route("**/api/v1/**/" + path, route -> answer(route, answer)));
        page.route("**/api/v1/overview", route -> answer(route, overview()));
        page.route(
                "**/api/v1/stream",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/event-stream")
                        .setBody("event: overview\ndata: " + JSON.writeValueAsString(overview()) + "\n\n")));
    }

    private static void answer(Route route, Object answer) {
        route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(JSON.writeValueAsString(answer)));
    }

    private Map<String, Object> overview() {
        Map<String, Object> consumer = values(
                "name",
                "orders",
                "group",
                text,
                "state",
                "RUNNING",
                "topics",
                List.of(text),
                "ordering",
                text,
                "partitions",
                partitions,
                "held",
                1,
                "idle",
                0,
                "advancing",
                partitions - 1,
                "lag",
                1,
                "backlog",
                1,
                "buffered",
                1,
                "inFlight",
                1,
                "behindMillis",
                1,
                "turnAgeMillis",
                1,
                "taken",
                TIME,
                "totals",
                Map.of("records", 1, "handled", 1, "failed", 1, "retried", 1, "deadLettered", 1, "skipped", 1),
                "rates",
                Map.of("handled", 1.0));
        return Map.of("state", "RUNNING", "ready", true, "consumers", List.of(consumer));
    }

    private Map<String, Object> partition(int number) {
        boolean isHeld = number == partitions - 1;
        Map<String, Object> found = values(
                "topic",
                "orders",
                "partition",
                number,
                "handler",
                text,
                "condition",
                isHeld ? "HELD" : "ADVANCING",
                "cause",
                isHeld ? "RETRY" : null,
                "whole",
                isHeld,
                "heldOffset",
                isHeld ? 1 : null,
                "heldKey",
                isHeld ? text : null,
                "since",
                isHeld ? TIME : null,
                "until",
                isHeld ? TIME : null,
                "why",
                isHeld ? text : "",
                "committed",
                1,
                "frontier",
                1);
        found.putAll(values(
                "position",
                1,
                "logEnd",
                1,
                "lag",
                1,
                "backlog",
                1,
                "buffered",
                1,
                "behindMillis",
                1,
                "pauseReasons",
                List.of(),
                "waitingCount",
                0,
                "calls",
                0,
                "oldestCallMillis",
                null,
                "oldestCallOffset",
                null));
        return found;
    }

    private static Map<String, Object> record(Object... more) {
        Map<String, Object> found = values("topic", "orders", "partition", 0, "offset", 1, "since", TIME);
        found.putAll(values(more));
        return found;
    }

    private Map<String, Object> letter() {
        return record(
                "sourceTopic",
                text,
                "sourcePartition",
                0,
                "sourceOffset",
                1,
                "key",
                text,
                "value",
                text,
                "exception",
                text,
                "message",
                text,
                "handler",
                text,
                "attempts",
                1,
                "at",
                TIME,
                "redrives",
                0);
    }

    private static Map<String, Object> values(Object... pairs) {
        Map<String, Object> found = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            found.put((String) pairs[i], pairs[i + 1]);
        }
        return found;
    }
}
