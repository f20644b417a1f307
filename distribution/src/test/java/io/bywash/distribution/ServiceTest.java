package io.bywash.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.UniqueName;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The archive at work: unpacked, with a handler jar dropped in, on a broker, until SIGTERM. */
class ServiceTest {
    private static final int RECORDS = 50;
    private static final Pattern TEXT_LINE = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) INFO  \\[.+] \\S+ .+");

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @TempDir
    private Path folder;

    private final String group = UniqueName.of("orders");
    private final Map<String, String> environment = new HashMap<>();
    private Installation installed;
    private TopicPartition partition;

    @BeforeEach
    void install() throws IOException {
        EmbeddedKafka kafka = KAFKA.cluster();
        installed = Installation.below(folder);
        OrdersJar.into(installed.home().resolve("handlers"));
        partition = new TopicPartition(kafka.createUniqueTopic("orders", 1), 0);
        for (int i = 0; i < RECORDS; i++) {
            kafka.produce(
                    partition.topic(),
                    "o" + i,
                    "{\"id\":\"o" + i + "\",\"customer\":\"c\",\"quantity\":1,\"cents\":100}");
        }
        Files.writeString(
                installed.home().resolve("conf/application.conf"),
                "\nbywash.consumers.billing { group = " + group + ", topics = [" + partition.topic()
                        + "], handler = order-handler }\n",
                StandardOpenOption.APPEND);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        environment.put("CONFIG_FORCE_bywash_monitoring_port", "0");
        environment.put("ORDERS_JDBC_URL", url());
    }

    private String url() {
        return "jdbc:h2:file:" + folder.resolve("orders");
    }

    private long committed() {
        OffsetAndMetadata offset = KAFKA.cluster().committedOffsets(group).get(partition);
        return offset == null ? 0 : offset.offset();
    }

    /** Runs it until all is committed, and stops it with SIGTERM. */
    private Launched runAndStop() {
        try (Launched service = installed.launch(environment, "run")) {
            service.await(() -> committed() == RECORDS);
            service.terminate();
            assertEquals(0, service.exitCode(), service::complaints);
            return service;
        }
    }

    /** What it has logged: all of its complaints but one, which is for people and comes where a machine is slow. */
    private static List<String> logOf(Launched service) {
        return service.complaints()
                .lines()
                .filter(line -> !line.startsWith("warning: consumer billing has not joined group"))
                .toList();
    }

    private int rows() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), "", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM orders")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void itHandlesWhatThereIsAndDrainsWhenToldToStop() throws Exception {
        Launched service = runAndStop();
        String said = service.said();
        assertTrue(said.startsWith("consumer billing\n"), said);
        assertTrue(said.contains(installed.home().resolve("handlers/orders").toString()), said);
        assertTrue(said.contains("drained: " + RECORDS + " handled, 0 dead-lettered, 0 skipped, committed"), said);
        assertEquals(RECORDS, committed());
        assertEquals(RECORDS, rows());
        // Neither the JVM nor a library has anything to say that is not a line of the log.
        List<String> odd = logOf(service).stream()
                .filter(line -> !TEXT_LINE.matcher(line).matches())
                .toList();
        assertEquals(List.of(), odd);
    }

    @Test
    void onWishEachLineOfTheLogIsJson() throws Exception {
        environment.put("BYWASH_LOG", "json");
        List<String> lines = logOf(runAndStop());
        assertTrue(lines.size() > 1);
        for (String line : lines) {
            JsonNode json = parse(line);
            assertEquals("INFO", json.path("level").asText(), line);
            assertTrue(json.path("timestamp").isNumber(), line);
            assertTrue(json.path("formattedMessage").isTextual(), line);
            assertTrue(json.path("loggerName").isTextual(), line);
            assertTrue(json.path("context").isMissingNode(), line);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }
}
