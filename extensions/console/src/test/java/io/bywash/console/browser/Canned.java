package io.bywash.console.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers in the place of the API, for what no broker of a test can be brought to: very many partitions, and hostile texts everywhere.
 */
final class Canned {
    private static final String OVERVIEW = """
            {"state":"RUNNING","ready":true,"consumers":[{"name":"orders","group":TEXT,"state":"RUNNING","topics":[TEXT],\
            "ordering":TEXT,"partitions":COUNT,"held":1,"idle":0,"advancing":1,"lag":1,"backlog":1,"buffered":1,"inFlight":1,\
            "behindMillis":1,"totals":{"records":1,"handled":1,"failed":1,"retried":1,"deadLettered":1,"skipped":1},\
            "rates":{},"failure":null,"turnAgeMillis":1,"taken":TIME}]}""";
    private static final String HELD = """
            {"topic":"orders","partition":NUMBER,"handler":TEXT,"condition":"HELD","cause":"RETRY","whole":true,"heldOffset":1,\
            "heldKey":TEXT,"since":TIME,"until":TIME,"why":TEXT,"committed":1,"frontier":1,"position":1,"logEnd":1,"lag":1,\
            "backlog":1,"buffered":1,"behindSince":TIME,"pauseReasons":[],"waitingCount":0,"calls":0,"oldestCallSince":null}""";
    private static final String MOVING = HELD.replace("\"HELD\",\"cause\":\"RETRY\"", "\"ADVANCING\",\"cause\":null");
    private static final Map<String, String> LISTS = Map.of(
            "calls",
            "{\"calls\":[{\"topic\":\"orders\",\"partition\":0,\"offset\":1,\"attempt\":1,\"since\":TIME,\"thread\":TEXT}]}",
            "waiting",
            """
            {"records":[{"topic":"orders","partition":0,"offset":1,"key":TEXT,"cause":"RETRY","attempts":1,"since":TIME,\
            "until":TIME,"why":TEXT}]}""",
            "events",
            "{\"events\":[{\"at\":TIME,\"type\":\"RecordFailed\",\"failure\":true,\"text\":TEXT,\"claimed\":[TEXT],"
                    + "\"claimedCount\":1,\"released\":[],\"releasedCount\":0}]}",
            "members",
            """
            {"state":"STABLE","error":null,"members":[{"memberId":"1","clientId":TEXT,"host":TEXT,"partitions":[TEXT],\
            "self":false}]}""",
            "dead-letters*",
            """
            {"taken":TIME,"groups":[{"exception":TEXT,"several":false,"handlers":[TEXT],"count":1,"oldest":TIME,\
            "newest":TIME}]}""",
            "dead-letters/records*",
            """
            {"letters":[{"topic":"orders","partition":0,"offset":1,"sourceTopic":TEXT,"sourcePartition":0,"sourceOffset":1,\
            "key":TEXT,"value":TEXT,"headers":[{"name":TEXT,"value":TEXT}],"exception":TEXT,"message":TEXT,"handler":TEXT,"attempts":1,"at":TIME,"redrives":0}]}""");

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
        this.text = new JsonMapper().writeValueAsString(text);
    }

    /** Has the requests of a page answered. */
    void serve(Page page) {
        LISTS.forEach((path, answer) -> answer(page, "**/api/v1/consumers/*/" + path, "application/json", answer));
        answer(page, "**/api/v1/overview", "application/json", OVERVIEW);
        answer(
                page,
                "**/api/v1/stream",
                "text/event-stream",
                "event: overview\ndata: " + OVERVIEW + "\n\nevent: partitions\ndata: " + all() + "\n\n");
    }

    private String all() {
        return IntStream.range(0, partitions)
                .mapToObj(
                        number -> (number == partitions - 1 ? HELD : MOVING).replace("NUMBER", String.valueOf(number)))
                .collect(Collectors.joining(
                        ",",
                        "{\"consumer\":\"orders\",\"taken\":TIME,\"whole\":true,\"gone\":[],\"partitions\":[",
                        "]}"));
    }

    private void answer(Page page, String path, String type, String template) {
        String body = template.replace("TIME", "\"2026-01-31T08:00:00Z\"")
                .replace("COUNT", String.valueOf(partitions))
                .replace("TEXT", text);
        page.route(
                path,
                route -> route.fulfill(
                        new Route.FulfillOptions().setContentType(type).setBody(body)));
    }
}
