package io.bywash.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.bywash.core.event.RecordPosition;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.Handles;
import io.bywash.handler.NonRetriableException;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.Companion;
import io.bywash.runtime.Extension;
import io.bywash.runtime.config.Problem;
import io.bywash.runtime.config.Section;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.UniqueName;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The extension beside consumers that run on a real broker. */
class MonitoringTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String BAD = "bad";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private final String topic = kafka().createUniqueTopic("orders", 2);
    private final String group = UniqueName.of("billing");
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    private static EmbeddedKafka kafka() {
        return KAFKA.cluster();
    }

    @Handles(name = "order-handler")
    private final class Orders implements TopicHandler<String, String> {
        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {
            seen.add(record.value());
            if (record.value().equals(BAD)) {
                throw new NonRetriableException("no such order");
            }
        }
    }

    private Config config(String brokers, int port) {
        return ConfigFactory.parseString("bywash { handlers-folder = none, monitoring.port = " + port
                + ", kafka.bootstrap.servers = \"" + brokers + "\", consumers.billing { group = " + group
                + ", topics = ["
                + topic + "], handler = order-handler, on-failure = halt, drain-timeout = 5s } }");
    }

    /** The extension, and the port that it has once the application is started. */
    private static final class Observed implements Extension {
        private final MonitoringExtension extension = new MonitoringExtension();
        private Monitoring monitoring = new Monitoring("127.0.0.1", 0);

        @Override
        public String name() {
            return extension.name();
        }

        @Override
        public Companion configure(Section settings) {
            monitoring = (Monitoring) extension.configure(settings);
            return monitoring;
        }

        int port() {
            return monitoring.address().getPort();
        }
    }

    private Bywash build(String brokers, Observed observed) {
        return Bywash.builder()
                .config(config(brokers, 0))
                .handler(new Orders())
                .extension(observed)
                .build();
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return CLIENT.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString());
    }

    private static String await(int port, String path, Predicate<HttpResponse<String>> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        HttpResponse<String> last = get(port, path);
        while (!condition.test(last)) {
            assertTrue(System.nanoTime() < deadline, last.statusCode() + " from " + path + ": " + last.body());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            last = get(port, path);
        }
        return last.body();
    }

    private String next() throws InterruptedException {
        return String.valueOf(seen.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void whatIsScrapedIsWhatTheTableSays() throws Exception {
        Observed observed = new Observed();
        RecordMetadata bad = kafka().produce(topic, "k", BAD);
        String partition = "consumer=\"billing\",partition=\"" + bad.partition() + "\"";
        String held = "bywash_partition_held{cause=\"halted\"," + partition + ",scope=\"partition\",topic=\"" + topic
                + "\"} 1";
        try (Bywash bywash = build(kafka().bootstrapServers(), observed)) {
            bywash.start();
            int port = observed.port();
            assertEquals(BAD, next());
            Scrape scrape =
                    new Scrape(await(port, "/metrics", answer -> answer.body().contains(held)));
            assertEquals(MetricsTable.families(), scrape.families());
            assertEquals(1, scrape.value("bywash_records_total{consumer=\"billing\"}"));
            assertEquals(1, scrape.value("bywash_attempts_failed_total{consumer=\"billing\"}"));
            assertEquals(2, scrape.value("bywash_partitions{consumer=\"billing\"}"));
            assertTrue(get(port, "/readyz").body().contains("\"cause\":\"halted\""));
            TopicPartition halted = new TopicPartition(topic, bad.partition());
            assertTrue(bywash.consumers().get("billing").skipHalted(new RecordPosition(halted, bad.offset())));
            await(port, "/metrics", answer -> !answer.body().contains("bywash_partition_held{"));
        }
    }

    @Test
    void theGaugesOfAPartitionGoWithIt() throws Exception {
        Observed ofOne = new Observed();
        Observed ofTwo = new Observed();
        try (Bywash one = build(kafka().bootstrapServers(), ofOne);
                Bywash two = build(kafka().bootstrapServers(), ofTwo)) {
            one.start();
            int first = ofOne.port();
            await(first, "/metrics", answer -> lags(answer).size() == 2);
            two.start();
            int second = ofTwo.port();
            await(second, "/metrics", answer -> lags(answer).size() == 1);
            Set<String> ofBoth = new TreeSet<>(lags(get(second, "/metrics")));
            ofBoth.addAll(
                    new Scrape(await(first, "/metrics", answer -> lags(answer).size() == 1))
                            .series("bywash_partition_lag{"));
            assertEquals(2, ofBoth.size(), () -> "each partition at the one who has it: " + ofBoth);
        }
    }

    private static Set<String> lags(HttpResponse<String> answer) {
        return new Scrape(answer.body()).series("bywash_partition_lag{");
    }

    @Test
    void probesFollowTheLifeOfTheConsumers() throws Exception {
        Observed observed = new Observed();
        try (Bywash bywash = build(kafka().bootstrapServers(), observed)) {
            bywash.start();
            int port = observed.port();
            await(port, "/readyz", answer -> answer.statusCode() == 200);
            assertEquals(200, get(port, "/startupz").statusCode());
            bywash.consumers().get("billing").close();
            HttpResponse<String> ready = get(port, "/readyz");
            assertEquals(503, ready.statusCode());
            assertTrue(ready.body().contains("\"reason\":\"closed\""), ready.body());
            assertEquals(200, get(port, "/livez").statusCode());
        }
    }

    @Test
    void aBrokerThatIsAwayIsNoReasonToRestart() throws Exception {
        Observed observed = new Observed();
        // Port 1 belongs to a service that nobody runs.
        try (Bywash bywash = build("127.0.0.1:1", observed)) {
            bywash.start();
            int port = observed.port();
            String startup = await(port, "/startupz", answer -> answer.body().contains("\"state\":\"starting\""));
            assertTrue(startup.contains("\"reason\":\"has not joined its group yet\""), startup);
            assertEquals(503, get(port, "/startupz").statusCode());
            assertEquals(503, get(port, "/readyz").statusCode());
            assertEquals(200, get(port, "/livez").statusCode());
        }
    }

    @Test
    void aPortInUseKeepsNoConsumerFromItsWork() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 0, InetAddress.getByName("127.0.0.1"));
                Bywash bywash = Bywash.builder()
                        .config(config(kafka().bootstrapServers(), taken.getLocalPort()))
                        .handler(new Orders())
                        .build()) {
            bywash.start();
            kafka().produce(topic, "k", "one");
            assertEquals("one", next());
        }
    }

    @Test
    void whatIsWrongWithTheSettingsIsSaid() {
        List<String> problems = Bywash.builder()
                .config(ConfigFactory.parseString("bywash.monitoring { host = [], port = 65536, path = x }"))
                .prepare()
                .problems()
                .errors()
                .stream()
                .map(Problem::toString)
                .filter(problem -> problem.contains("bywash.monitoring."))
                .toList();
        assertEquals(3, problems.size(), problems::toString);
        assertTrue(
                problems.toString().contains("a port from 1 to 65535, or 0 for any that is free"), problems::toString);
        assertTrue(problems.toString().contains("path: is unknown; known here: host, port"), problems::toString);
    }

    @Test
    void anExtensionOfTheApplicationTakesThePlaceOfTheOneOnTheClassPath() throws Exception {
        Observed observed = new Observed();
        try (Bywash bywash = build(kafka().bootstrapServers(), observed)) {
            bywash.start();
            // Were both there, each would have a port, and nobody would notice but the log.
            assertEquals(1, dispatchers().size());
            assertTrue(dispatchers().get(0).isDaemon(), "only the poll threads keep a process alive");
            assertEquals(200, get(observed.port(), "/livez").statusCode());
            assertTrue(bywash.consumers().containsKey("billing"));
        }
    }

    private static List<Thread> dispatchers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("HTTP-Dispatcher"))
                .toList();
    }
}
