package io.bywash.examples.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.bywash.core.GroupConsumer;
import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.UniqueName;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrderHandlerTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private final String group = UniqueName.of("orders-group");
    private Injector injector;
    private EmbeddedKafka cluster;
    private String topic;

    @BeforeEach
    void prepare() {
        cluster = KAFKA.cluster();
        topic = cluster.createUniqueTopic("orders", 2);
        Config application =
                ConfigFactory.parseMap(Map.of("orders.jdbc.url", "jdbc:h2:mem:" + group + ";DB_CLOSE_DELAY=-1"));
        injector = Guice.createInjector(
                new OrdersModule(), binder -> binder.bind(Config.class).toInstance(application));
    }

    @Test
    @Timeout(60)
    void keepsTheNewestStateOfEveryOrder() throws SQLException {
        send("1", "{\"id\":\"1\",\"customer\":\"Ada\",\"quantity\":1,\"cents\":500}");
        send("2", "{\"id\":\"2\",\"customer\":\"Alan\",\"quantity\":2,\"cents\":900}");
        send("1", "{\"id\":\"1\",\"customer\":\"Ada\",\"quantity\":3,\"cents\":1500}");
        send("2", null);
        run(4);
        assertEquals(List.of("1 Ada 3 1500"), rows());
    }

    @Test
    @Timeout(60)
    void whatCanNeverBeAnOrderGoesToTheDeadLettersAtOnce() throws SQLException {
        send("1", "{\"id\":\"1\",\"customer\":");
        send("2", "{\"id\":\"2\",\"customer\":\"Alan\",\"quantity\":0,\"cents\":900}");
        send("3", "{\"id\":\"3\",\"customer\":\"Grace\",\"quantity\":1,\"cents\":1}");
        run(3);
        assertEquals(List.of("3 Grace 1 1"), rows());
        var letters = cluster.awaitRecords(topic + "." + group + ".dlt", 2);
        letters.forEach(letter -> assertEquals(
                "1",
                new String(letter.headers().lastHeader("bywash-attempts").value(), StandardCharsets.UTF_8),
                "no attempt is wasted"));
    }

    @Test
    @Timeout(60)
    void theOffsetIsCommittedOnlyAfterTheRowIs() throws SQLException {
        injector.getInstance(OrderTable.class).create();
        try (Connection other = injector.getInstance(DataSource.class).getConnection();
                Statement insert = other.createStatement()) {
            other.setAutoCommit(false);
            insert.execute("INSERT INTO orders VALUES ('1', 'somebody', 1, 1)");
            send("1", "{\"id\":\"1\",\"customer\":\"Ada\",\"quantity\":1,\"cents\":500}");
            try (GroupConsumer consumer = consumer(injector.getInstance(OrderHandler.class))) {
                await(() -> consumer.snapshot().buffered() == 1);
                sendTo(1, "2", "{\"id\":\"2\",\"customer\":\"Alan\",\"quantity\":2,\"cents\":900}");
                await(() -> committed(1) == 1);
                assertEquals(0, committed(0), "the row of order 1 waits for a lock, so its offset waits");
                other.rollback();
                await(() -> committed(0) == 1);
            }
        }
        assertEquals(List.of("1 Ada 1 500", "2 Alan 2 900"), rows());
    }

    private void send(String key, String value) {
        sendTo(0, key, value);
    }

    private void sendTo(int partition, String key, String value) {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        cluster.produce(
                List.of(new ProducerRecord<>(topic, partition, key, bytes)),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private void run(long until) {
        try (GroupConsumer consumer = consumer(injector.getInstance(OrderHandler.class))) {
            await(() -> committed(0) == until || consumer.state().isFinal());
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private GroupConsumer consumer(OrderHandler handler) {
        return GroupConsumer.builder()
                .group(group)
                .topics(topic)
                .kafka(Map.of("bootstrap.servers", cluster.bootstrapServers()))
                .failures(FailurePolicy.DEFAULT.withBackoff(
                        new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), 1, 0)))
                .handler(handler)
                .start();
    }

    private long committed(int partition) {
        var offset = cluster.committedOffsets(group).get(new TopicPartition(topic, partition));
        return offset == null ? 0 : offset.offset();
    }

    private List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = injector.getInstance(DataSource.class).getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT * FROM orders ORDER BY id")) {
            while (found.next()) {
                rows.add(found.getString("id") + " " + found.getString("customer") + " " + found.getInt("quantity")
                        + " " + found.getLong("cents"));
            }
        }
        return rows;
    }
}
