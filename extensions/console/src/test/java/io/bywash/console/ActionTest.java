package io.bywash.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.console.fixture.Client;
import io.bywash.console.fixture.Scene;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What an operator does, on consumers of a real broker. */
class ActionTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static final String SCRIPT = "<script>alert('injected')</script>";

    private static Scene scene;
    private static Client client;

    @BeforeAll
    static void begin() throws Exception {
        scene = new Scene(KAFKA.cluster(), 1, """
                bywash.console { show-records = true
                  users { ana { password = "of ana", role = operate }, rob { password = "of rob" } } }
                """);
        client = Client.of(scene.uri()).as("ana", "of ana");
        client.await("/api/v1/overview", answer -> answer.get("ready").asBoolean());
    }

    @AfterAll
    static void end() {
        scene.close();
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static void awaitCause(String consumer, String cause) throws Exception {
        client.await(
                "/api/v1/consumers/" + consumer + "/partitions",
                answer -> cause.equals(
                        answer.get("partitions").get(0).get("cause").asString("")));
    }

    @Test
    void aPartitionIsPausedAndResumed() throws Exception {
        String body = "{\"partitions\": [\"" + scene.topic("shipping") + "-0\"]}";
        assertEquals(204, client.post("/api/v1/consumers/shipping/pause", body).statusCode());
        client.await(
                "/api/v1/consumers/shipping/partitions",
                answer -> answer.toString().contains("\"pauseReasons\":[\"OPERATOR\"]"));
        assertEquals(204, client.post("/api/v1/consumers/shipping/resume", "{}").statusCode());
        client.await(
                "/api/v1/consumers/shipping/partitions",
                answer -> answer.toString().contains("\"pauseReasons\":[]"));
        JsonNode resumed = client.await(
                        "/api/v1/audit",
                        answer -> list(answer.get("entries")).stream()
                                .anyMatch(
                                        entry -> entry.get("action").asString().equals("resume")))
                .get("entries");
        JsonNode entry = list(resumed).stream()
                .filter(one -> one.get("action").asString().equals("resume"))
                .findFirst()
                .orElseThrow();
        assertEquals("ana", entry.get("user").asString());
        assertEquals("127.0.0.1", entry.get("remote").asString());
        assertEquals(
                "shipping: " + scene.topic("shipping") + "-0",
                entry.get("target").asString());
        assertEquals("done", entry.get("outcome").asString());
    }

    @Test
    void aHaltedRecordIsTriedAgainOrSkippedOnceThatIsConfirmed() throws Exception {
        String record = scene.produce("payments", "poison", "the amount is negative");
        awaitCause("payments", "HALTED");
        HttpResponse<String> unconfirmed = client.post(
                "/api/v1/consumers/payments/skip",
                "{\"record\": \"" + record + "\", \"confirm\": \"" + record + "0\"}");
        assertEquals(400, unconfirmed.statusCode());
        assertTrue(unconfirmed.body().contains("confirm must repeat record letter by letter"));
        JsonNode retried =
                Client.json(client.post("/api/v1/consumers/payments/retry", "{\"record\": \"" + record + "\"}"));
        assertTrue(retried.get("done").asBoolean());
        awaitCause("payments", "HALTED");
        client.await(
                "/api/v1/consumers/payments/waiting",
                answer -> answer.toString().contains("HALTED"));
        String skip = "{\"record\": \"" + record + "\", \"confirm\": \"" + record + "\"}";
        client.await("/api/v1/overview", answer -> skipped(skip));
        client.await(
                "/api/v1/consumers/payments/partitions",
                answer -> "IDLE"
                        .equals(answer.get("partitions").get(0).get("condition").asString()));
        JsonNode again = Client.json(client.post("/api/v1/consumers/payments/skip", skip));
        assertFalse(again.get("done").asBoolean());
    }

    /** The order is refused as long as the retry has not failed anew. */
    private static boolean skipped(String body) {
        try {
            return Client.json(client.post("/api/v1/consumers/payments/skip", body))
                    .get("done")
                    .asBoolean();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatTheConsumerDoesNotHaveIsRefused() throws Exception {
        for (String body : List.of("{\"partitions\": [\"unknown-0\"]}", "{\"partitions\": [\"" + SCRIPT + "\"]}")) {
            HttpResponse<String> refused = client.post("/api/v1/consumers/orders/pause", body);
            assertEquals(404, refused.statusCode());
            assertFalse(refused.body().contains("script"), refused.body());
        }
        for (String body : List.of("{}", "{\"record\": \"orders\"}", "{\"record\": \"orders-0@-1\"}")) {
            assertEquals(
                    400, client.post("/api/v1/consumers/orders/retry", body).statusCode());
        }
        Client reader = Client.of(scene.uri()).as("rob", "of rob");
        assertEquals(403, reader.post("/api/v1/consumers/orders/pause", "{}").statusCode());
        String audit = client.get("/api/v1/audit").toString();
        assertTrue(audit.contains("\"action\":\"refused\",\"target\":\"POST /api/v1/consumers/orders/pause\""), audit);
        assertEquals(
                404, reader.send(reader.request("/api/v1/redrives/unknown")).statusCode());
    }

    @Test
    void deadLettersAreGroupedShownAndSentBack() throws Exception {
        scene.produce("orders", "poison", SCRIPT, Map.of("trace", SCRIPT));
        JsonNode groups = client.await(
                        "/api/v1/consumers/orders/dead-letters",
                        answer -> !answer.get("groups").isEmpty())
                .get("groups");
        assertEquals(
                "java.lang.IllegalStateException",
                groups.get(0).get("exception").asString());
        assertEquals(1, groups.get(0).get("count").asInt());
        assertEquals(
                scene.letters("orders"),
                groups.get(0).get("example").get("topic").asString());
        JsonNode letter = client.get("/api/v1/consumers/orders/dead-letters/records?exception=IllegalStateException")
                .get("letters")
                .get(0);
        assertEquals(scene.topic("orders"), letter.get("sourceTopic").asString());
        assertEquals("poison", letter.get("key").asString());
        assertEquals(SCRIPT, letter.get("value").asString());
        assertEquals(SCRIPT, letter.get("message").asString());
        assertEquals(2, letter.get("attempts").asInt());
        assertEquals(
                "[{\"name\":\"trace\",\"value\":\"" + SCRIPT + "\"}]",
                letter.get("headers").toString());

        assertEquals("1 of 1 and 0", redriven("{}"));
        assertEquals("1 of 1 and 0", redriven("{\"dryRun\": false, \"key\": \"poison\"}"));
        client.await(
                "/api/v1/consumers/orders/dead-letters/records",
                answer -> list(answer.get("letters")).stream()
                        .anyMatch(one -> one.get("redrives").asInt() == 1));
        String audit = client.await("/api/v1/audit", answer -> answer.toString().contains("DONE, 1 went back"))
                .toString();
        assertTrue(audit.contains("DONE, 1 went back, 0 did not"), audit);
        assertTrue(
                audit.contains("orders: dead letters with the key poison, to the group, at most 3 times each"), audit);
        assertTrue(audit.contains("\"outcome\":\"begun as "), audit);
    }

    private static String redriven(String body) throws Exception {
        HttpResponse<String> begun = client.post("/api/v1/consumers/orders/redrive", body);
        assertEquals(202, begun.statusCode(), begun.body());
        JsonNode status = client.await(
                "/api/v1/redrives/" + Client.json(begun).get("id").asString(),
                answer -> !answer.get("state").asString().equals("RUNNING"));
        assertEquals("DONE", status.get("state").asString(), status.toString());
        return status.get("redriven").asLong() + " of " + status.get("matched").asLong() + " and "
                + status.get("leftOut").asLong();
    }

    @Test
    void aRedriveThatCannotBeIsRefused() throws Exception {
        for (String body : List.of(
                "{\"perSecond\": 0}",
                "{\"cap\": 0}",
                "{\"target\": \"EVERYWHERE\"}",
                "{\"headers\": {\"trace\": null}}",
                "{\"from\": \"2026-01-02T00:00:00Z\", \"to\": \"2026-01-01T00:00:00Z\"}",
                "{\"from\": \"yesterday\"}")) {
            assertEquals(
                    400, client.post("/api/v1/consumers/orders/redrive", body).statusCode(), body);
        }
    }

    @Test
    void passwordsAreNotPartOfTheConfiguration() throws Exception {
        String lines = client.get("/api/v1/configuration").toString();
        assertTrue(lines.contains("bywash.console.users.ana.password"), lines);
        assertFalse(lines.contains("of ana"), lines);
        assertFalse(client.get("/api/v1/audit").toString().contains("of ana"));
    }
}
