package io.bywash.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.console.fixture.Client;
import io.bywash.console.fixture.Scene;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What an operator is told of consumers in trouble. */
class ReadApiTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static Scene scene;
    private static Client client;

    @BeforeAll
    static void begin() {
        scene = new Scene(KAFKA.cluster(), 2, "");
        client = Client.of(scene.uri());
    }

    @AfterAll
    static void end() {
        scene.close();
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static String at(JsonNode record) {
        return record.get("topic").asString() + "-" + record.get("partition").asInt() + "@"
                + record.get("offset").asLong();
    }

    @Test
    void theOverviewNamesEveryConsumerAndCountsWhatItDid() throws Exception {
        scene.produce("orders", "quick", "one");
        JsonNode overview = client.await(
                "/api/v1/overview",
                answer -> answer.get("ready").asBoolean()
                        && answer.get("consumers")
                                        .get(0)
                                        .get("totals")
                                        .get("handled")
                                        .asLong()
                                > 0);
        assertEquals("RUNNING", overview.get("state").asString());
        JsonNode orders = overview.get("consumers").get(0);
        assertEquals("orders", orders.get("name").asString());
        assertEquals(scene.group("orders"), orders.get("group").asString());
        assertEquals(scene.topic("orders"), orders.get("topics").get(0).asString());
        assertEquals("key, 8 at once", orders.get("ordering").asString());
        assertTrue(orders.get("failure").isNull());
        assertEquals(
                List.of("orders", "payments", "shipping"),
                list(overview.get("consumers")).stream()
                        .map(consumer -> consumer.get("name").asString())
                        .toList());
    }

    @Test
    void aHaltedPartitionSaysWhichRecordHoldsItUpAndWhy() throws Exception {
        String record = scene.produce("payments", "poison", "the amount is negative");
        JsonNode held = list(client.await(
                                "/api/v1/consumers/payments/partitions",
                                answer -> list(answer.get("partitions")).stream()
                                        .anyMatch(one ->
                                                "HALTED".equals(one.get("cause").asString(""))))
                        .get("partitions"))
                .stream()
                .filter(one -> "HALTED".equals(one.get("cause").asString("")))
                .findFirst()
                .orElseThrow();
        assertEquals("HELD", held.get("condition").asString());
        assertTrue(held.get("whole").asBoolean());
        assertEquals(
                record,
                held.get("topic").asString() + "-" + held.get("partition").asInt() + "@"
                        + held.get("heldOffset").asLong());
        assertEquals("payments", held.get("handler").asString());
        assertTrue(held.get("until").isNull());
        assertFalse(held.get("since").asString().isEmpty());
    }

    @Test
    void aRecordThatWaitsForItsNextAttemptSaysWhenThatIs() throws Exception {
        String record = scene.produce("shipping", "poison", "the carrier does not answer");
        JsonNode waiting = client.await(
                        "/api/v1/consumers/shipping/waiting",
                        answer -> !answer.get("records").isEmpty())
                .get("records")
                .get(0);
        assertEquals(record, at(waiting));
        assertEquals("RETRY", waiting.get("cause").asString());
        assertTrue(waiting.get("key").isNull(), "keys are of records, and these are not shown");
        assertEquals(1, waiting.get("attempts").asInt());
        assertTrue(
                waiting.get("until").asString().compareTo(waiting.get("since").asString()) > 0);
        requireHiddenKeysAndQuietFrames("shipping");
    }

    /** A key is often the address or the account of somebody, and hidden as values are. */
    private static void requireHiddenKeysAndQuietFrames(String consumer) throws Exception {
        JsonNode held = client.await(
                "/api/v1/consumers/" + consumer + "/partitions",
                answer -> answer.toString().contains("\"cause\":\"RETRY\""));
        list(held.get("partitions"))
                .forEach(one -> assertTrue(one.get("heldKey").isNull(), one::toString));
        try (BufferedReader stream = client.lines("/api/v1/stream")) {
            String whole = stream.lines()
                    .filter(line -> line.contains("\"consumer\":\"" + consumer + "\""))
                    .findFirst()
                    .orElseThrow();
            assertTrue(whole.contains("\"whole\":true"), whole);
            assertTrue(whole.contains("\"heldKey\":null"), whole);
            assertFalse(whole.contains("poison"), whole);
            requireAFrameWithout(consumer, stream);
        }
    }

    /** What waits gets older from frame to frame, and is not sent again for that. */
    private static void requireAFrameWithout(String consumer, BufferedReader stream) throws IOException {
        boolean isMissing = false;
        for (int frames = 0; frames < 60; ) {
            String line = stream.readLine();
            if (line.equals("event: overview")) {
                if (isMissing) {
                    return;
                }
                isMissing = true;
                frames++;
            } else if (line.contains("\"consumer\":\"" + consumer + "\"")) {
                isMissing = false;
            }
        }
        throw new AssertionError("each of 60 frames had the partitions of " + consumer);
    }

    @Test
    void aCallInFlightShowsItsThreadAndItsStack() throws Exception {
        String record = scene.produce("orders", "slow", "takes its time");
        JsonNode call = list(client.await(
                                "/api/v1/consumers/orders/calls",
                                answer -> !answer.get("calls").isEmpty())
                        .get("calls"))
                .get(0);
        assertEquals(record, at(call));
        JsonNode stack = client.get("/api/v1/consumers/orders/stack?topic="
                + call.get("topic").asString() + "&partition="
                + call.get("partition").asInt() + "&offset="
                + call.get("offset").asLong());
        assertEquals(call.get("thread").asString(), stack.get("thread").asString());
        assertTrue(list(stack.get("stack")).stream()
                .anyMatch(line -> line.asString().contains("CountDownLatch.await")));
    }

    @Test
    void whatDoesNotExistIsRefusedWithARemedy() throws Exception {
        HttpResponse<String> unknown = client.send(client.request("/api/v1/consumers/nobody/partitions"));
        assertEquals(404, unknown.statusCode());
        assertEquals("no such consumer", Client.json(unknown).get("error").asString());
        assertTrue(Client.json(unknown).get("detail").asString().contains("orders, payments, shipping"));
        HttpResponse<String> gone =
                client.send(client.request("/api/v1/consumers/orders/stack?topic=other&partition=0&offset=0"));
        assertEquals(404, gone.statusCode());
        HttpResponse<String> wrong =
                client.send(client.request("/api/v1/consumers/orders/stack?topic=other&partition=0&offset=-1"));
        assertEquals(400, wrong.statusCode());
        assertTrue(Client.json(wrong).get("detail").asString().contains("offset is not a whole number"));
    }
}
