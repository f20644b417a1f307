package io.bywash.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.console.fixture.Client;
import io.bywash.console.fixture.Scene;
import io.bywash.console.fixture.Schema;
import io.bywash.console.http.ConsoleServer;
import io.bywash.console.settings.ConsoleSettings;
import io.bywash.console.settings.ConsoleSettings.Contents;
import io.bywash.core.event.ConsumerState;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The console beside its consumers, from their start to their end. */
class ConsoleTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @Test
    void consumersRunWithoutAConsoleWhosePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                Scene scene = new Scene(KAFKA.cluster(), 1, "bywash.console.port = " + taken.getLocalPort())) {
            long deadline = System.nanoTime() + 60_000_000_000L;
            while (scene.bywash().state() != ConsumerState.RUNNING && System.nanoTime() < deadline) {
                LockSupport.parkNanos(10_000_000);
            }
            assertEquals(ConsumerState.RUNNING, scene.bywash().state());
            ConsoleSettings settings = new ConsoleSettings(
                    "127.0.0.1", taken.getLocalPort(), List.of(), Contents.HIDDEN, Map.of(), Optional.empty());
            ConsoleServer server = new ConsoleServer(settings, List.of(), List.of(), (caller, request) -> {});
            assertEquals(
                    "port " + taken.getLocalPort()
                            + " of 127.0.0.1 is taken; set bywash.console.port to one that is free, another for each process"
                            + " of this host, or to 0 for any",
                    assertThrows(IOException.class, server::start).getMessage());
        }
    }

    @Test
    void theHistoryTheMembersAndTheProbesAgreeThatItRuns() throws Exception {
        try (Scene scene = new Scene(KAFKA.cluster(), 2, "")) {
            Client client = Client.of(scene.uri());
            JsonNode events = client.await(
                            "/api/v1/consumers/orders/events",
                            answer -> answer.toString().contains("\"claimed\":[\"" + scene.topic("orders") + "-0\""))
                    .get("events");
            List<String> types = Stream.of("StateChanged", "RebalanceCompleted")
                    .filter(type -> events.toString().contains(type))
                    .toList();
            assertEquals(List.of("StateChanged", "RebalanceCompleted"), types);
            JsonNode members = client.await(
                    "/api/v1/consumers/orders/members",
                    answer -> answer.get("state").asString().equals("STABLE")
                            && answer.get("members").get(0).get("self").asBoolean());
            assertEquals(2, members.get("members").get(0).get("partitions").size());
            for (String probe : List.of("/livez", "/readyz", "/startupz")) {
                client.await(probe, answer -> answer.get("status").asString().equals("ok"));
            }
        }
    }

    @Test
    void aHaltedPartitionIsInTheBodyOfTheProbes() throws Exception {
        try (Scene scene = new Scene(KAFKA.cluster(), 1, "")) {
            Client client = Client.of(scene.uri());
            scene.produce("payments", "poison", "not to be told here");
            JsonNode live = client.await("/livez", answer -> answer.toString().contains("\"cause\":\"halted\""));
            assertEquals("ok", live.get("status").asString());
            Schema.of(client.get("/api/v1/openapi.json"), "Health").check(live);
            assertTrue(!live.toString().contains("not to be told here"), live.toString());
        }
    }
}
