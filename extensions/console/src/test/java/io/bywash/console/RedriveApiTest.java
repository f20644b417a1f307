package io.bywash.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.console.fixture.Client;
import io.bywash.console.fixture.Scene;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Redrives that take long, choose narrowly, or go elsewhere. */
class RedriveApiTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private Scene scene;
    private Client client;

    @BeforeEach
    void begin() {
        scene = new Scene(KAFKA.cluster(), 1, "");
        client = Client.of(scene.uri());
    }

    @AfterEach
    void end() {
        scene.close();
    }

    private HttpResponse<String> redrive(String body) throws Exception {
        return client.post("/api/v1/consumers/orders/redrive", body);
    }

    private String idOf(HttpResponse<String> begun) {
        assertEquals(202, begun.statusCode(), begun.body());
        return Client.json(begun).get("id").asString();
    }

    private JsonNode over(String id) throws Exception {
        return client.await(
                "/api/v1/redrives/" + id,
                answer -> !answer.get("state").asString().equals("RUNNING"));
    }

    private long matched(String body) throws Exception {
        return over(idOf(redrive(body))).get("matched").asLong();
    }

    private void produceLetters(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            scene.produce("orders", "poison", "no customer " + i, Map.of("shop", String.valueOf(i % 2)));
        }
        client.await(
                "/api/v1/consumers/orders/dead-letters",
                answer -> !answer.get("groups").isEmpty()
                        && answer.get("groups").get(0).get("count").asInt() == count);
    }

    @Test
    void aRedriveIsStoppedAndKeepsNothingWaiting() throws Exception {
        produceLetters(60);
        String id = idOf(redrive("{\"dryRun\": false, \"perSecond\": 1}"));
        HttpResponse<String> second = redrive("{\"dryRun\": false}");
        assertEquals(409, second.statusCode());
        assertTrue(second.body().contains(id), second.body());
        assertEquals("DONE", over(idOf(redrive("{}"))).get("state").asString(), "to count is no redrive");
        assertTrue(client.get("/api/v1/redrives").get("redrives").toString().contains(id));
        assertEquals(204, client.post("/api/v1/redrives/" + id + "/stop", "{}").statusCode());
        JsonNode stopped = over(id);
        assertEquals("STOPPED", stopped.get("state").asString());
        assertTrue(stopped.get("redriven").asLong() < 60, stopped.toString());
        String audit = client.await("/api/v1/audit", answer -> answer.toString().contains("STOPPED"))
                .toString();
        assertTrue(audit.contains("\"action\":\"stop\",\"target\":\"orders: redrive " + id), audit);
        assertEquals(404, client.post("/api/v1/redrives/unknown/stop", "{}").statusCode());
    }

    @Test
    void headersChooseAndAreNotWrittenDownWhereRecordsAreHidden() throws Exception {
        produceLetters(4);
        assertEquals(2, matched("{\"headers\": {\"shop\": \"1\"}}"));
        assertEquals(0, matched("{\"headers\": {\"shop\": \"1\", \"till\": \"3\"}}"));
        assertEquals(0, matched("{\"dryRun\": false, \"headers\": {\"shop\": \"secret\"}}"));
        String audit = client.await("/api/v1/audit", answer -> answer.toString().contains("DONE"))
                .toString();
        assertTrue(audit.contains("with the header shop = (hidden)"), audit);
        assertFalse(audit.contains("secret"), audit);
        JsonNode letter = client.get("/api/v1/consumers/orders/dead-letters/records")
                .get("letters")
                .get(0);
        assertTrue(letter.get("headers").isNull() && letter.get("key").isNull(), letter.toString());
    }

    @Test
    void toTheSourceIsAChoiceOfItsOwn() throws Exception {
        produceLetters(1);
        assertEquals(1, matched("{\"dryRun\": false, \"target\": \"SOURCE\"}"));
        assertEquals(2, KAFKA.cluster().read(scene.topic("orders")).size());
        String audit = client.get("/api/v1/audit").toString();
        assertTrue(audit.contains("all dead letters, to the source topic"), audit);
    }

    private long redriven(String body) throws Exception {
        return over(idOf(redrive(body))).get("redriven").asLong();
    }

    /** Those that fail once more are letters again, and left out by the cap. */
    @Test
    void whatHasGoneBackGoesAgainOnlyIfAskedFor() throws Exception {
        produceLetters(2);
        assertEquals(2, redriven("{\"dryRun\": false, \"cap\": 1}"));
        assertEquals(0, redriven("{\"dryRun\": false, \"cap\": 1}"));
        assertEquals(2, redriven("{\"again\": true, \"cap\": 1}"));
        assertEquals(2, redriven("{\"dryRun\": false, \"again\": true, \"cap\": 1}"));
        assertEquals(0, redriven("{\"dryRun\": false, \"again\": false, \"cap\": 1}"));
        String audit = client.get("/api/v1/audit").toString();
        assertTrue(audit.contains("all dead letters, those that have gone back as well, to the group"), audit);
    }
}
