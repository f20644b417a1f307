package io.bywash.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From an archive and a handler jar to records in a database, and to an orderly end. */
class RunningTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    private static final int ORDERS = 3;

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @TempDir
    private Path folder;

    @Test
    void aDroppedHandlerJarHandlesRecordsUntilSigterm() throws Exception {
        EmbeddedKafka kafka = KAFKA.cluster();
        kafka.createTopic("orders", 1);
        for (int i = 0; i < ORDERS; i++) {
            kafka.produce("orders", "o" + i, "{\"id\":\"o" + i + "\",\"customer\":\"c\",\"quantity\":1,\"cents\":5}");
        }
        String database = "jdbc:h2:file:" + folder.resolve("orders");
        Installation bywash = Installation.in(Files.createDirectory(folder.resolve("an installation")))
                .with("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers())
                .with("ORDERS_JDBC_URL", database)
                .with("CONFIG_FORCE_bywash_monitoring_port", "0")
                .with("CONFIG_FORCE_bywash_console_port", "0")
                .with("BYWASH_LOG", "json");
        bywash.dropOrders();
        try (Running running = bywash.start("run")) {
            awaitCommit(kafka, running);
            running.terminate();
            Ended ended = running.end();
            assertEquals(0, ended.code(), ended::toString);
            assertTrue(ended.out().contains("drained: 3 handled, 0 dead-lettered, 0 skipped, committed"), ended::out);
            assertNothingButLogged(ended);
        }
        assertEquals(ORDERS, rows(database));
    }

    private static void awaitCommit(EmbeddedKafka kafka, Running running) {
        Instant deadline = Instant.now().plus(PATIENCE);
        OffsetAndMetadata committed = null;
        while (committed == null || committed.offset() < ORDERS) {
            running.requireAlive();
            assertTrue(Instant.now().isBefore(deadline), "not everything was committed within " + PATIENCE);
            committed = kafka.committedOffsets("order-handler").get(PARTITION);
        }
    }

    /**
     * A JVM that has something to complain about would not do it in JSON. That a slow machine joins late is said in words, and
     * Kafka's client may warn of a broker that is slow to start.
     */
    private static void assertNothingButLogged(Ended ended) {
        JsonMapper json = JsonMapper.builder().build();
        List<String> said = ended.err()
                .lines()
                .filter(line -> !line.startsWith("warning: consumer order-handler has not joined"))
                .toList();
        said.forEach(line -> assertTrue(line.startsWith("{"), ended::err));
        List<JsonNode> lines = said.stream().map(json::readTree).toList();
        for (String logger :
                List.of("io.bywash.order-handler", "io.bywash.monitoring.Monitoring", "io.bywash.console.Console")) {
            assertTrue(
                    lines.stream()
                            .anyMatch(line -> line.path("loggerName").asString().equals(logger)),
                    ended::err);
        }
        lines.stream()
                .filter(line -> !line.path("loggerName").asString().startsWith("org.apache.kafka."))
                .forEach(line -> assertEquals("INFO", line.path("level").asString(), line::toString));
    }

    private static int rows(String database) throws Exception {
        try (Connection connection = DriverManager.getConnection(database, "", "");
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from orders")) {
            count.next();
            return count.getInt(1);
        }
    }
}
