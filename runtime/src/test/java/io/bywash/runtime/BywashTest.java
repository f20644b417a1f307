package io.bywash.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.ProvisionException;
import com.google.inject.multibindings.Multibinder;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.Handles;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.config.InvalidConfigurationException;
import io.bywash.runtime.fixture.Seen;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.UniqueName;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Embeddings, as an application writes them, on a real broker. */
class BywashTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private final String topic = KAFKA.cluster().createUniqueTopic("orders", 1);
    private final String group = UniqueName.of("group");

    private static EmbeddedKafka kafka() {
        return KAFKA.cluster();
    }

    private Config config(String... handlers) {
        StringBuilder text = new StringBuilder("bywash { handlers-folder = none, defaults.drain-timeout = 10s\n");
        text.append("kafka.bootstrap.servers = \"")
                .append(kafka().bootstrapServers())
                .append("\"\n");
        for (String handler : handlers) {
            text.append("consumers.")
                    .append(handler)
                    .append(" { group = ")
                    .append(group)
                    .append('-')
                    .append(handler);
            text.append(", topics = [")
                    .append(topic)
                    .append("], handler = ")
                    .append(handler)
                    .append(" }\n");
        }
        return ConfigFactory.parseString(text + "}");
    }

    private long committed(String handler) {
        return kafka().committedOffsets(group + "-" + handler)
                .get(new TopicPartition(topic, 0))
                .offset();
    }

    @Test
    void anInstanceIsEmbeddedWithoutGuice() throws Exception {
        MetricRegistry metrics = new MetricRegistry();
        BlockingQueue<String> states = new LinkedBlockingQueue<>();
        kafka().produce(topic, "k", "one");
        Bywash bywash = Bywash.builder()
                .config(config("noting"))
                .handler(new Noting())
                .metrics(metrics)
                .listener((consumer, event) -> {
                    if (event instanceof GroupEvent.StateChanged changed) {
                        states.add(consumer + " " + changed.to());
                    }
                })
                .build();
        assertEquals(ConsumerState.CREATED, bywash.state());
        assertEquals(Set.of("noting"), bywash.consumers().keySet());
        try (bywash) {
            bywash.start();
            assertEquals("one", Seen.next(topic));
            assertTrue(bywash.isReady());
            assertEquals(ConsumerState.RUNNING, bywash.state());
            assertFalse(metrics.getNames().isEmpty());
            assertFalse(bywash.awaitEnd(Duration.ofMillis(1)));
        }
        assertTrue(bywash.awaitEnd(PATIENCE));
        assertEquals(ConsumerState.CLOSED, bywash.state());
        assertEquals(1, committed("noting"));
        List<String> seen = new ArrayList<>();
        while (!seen.contains("noting CLOSED")) {
            seen.add(states.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
        assertEquals(List.of("noting STARTING", "noting RUNNING", "noting DRAINING", "noting CLOSED"), seen);
    }

    @Test
    void aLambdaIsEmbeddedWithItsDeserialisers() throws Exception {
        kafka().produce(topic, "k", "one");
        HandlerBinding<String, String> binding = new HandlerBinding<>(
                "lambda",
                (record, context) -> Seen.note(topic, record.value()),
                StringDeserializer::new,
                StringDeserializer::new);
        try (Bywash bywash =
                Bywash.builder().config(config("lambda")).handler(binding).start()) {
            assertEquals("one", Seen.next(topic));
            assertTrue(bywash.isReady());
        }
        assertEquals(1, committed("lambda"));
    }

    @Test
    void theMetricsAreShownByJmxUntilTheEnd() throws Exception {
        kafka().produce(topic, "k", "one");
        MBeanServer jmx = ManagementFactory.getPlatformMBeanServer();
        String consumer = UniqueName.of("shown");
        Config named = ConfigFactory.parseString("bywash { handlers-folder = none, kafka.bootstrap.servers = \""
                + kafka().bootstrapServers() + "\", consumers." + consumer + " { group = " + group + ", topics = ["
                + topic
                + "], handler = shown } }");
        HandlerBinding<String, String> binding = new HandlerBinding<>(
                "shown",
                (record, context) -> Seen.note(topic, record.value()),
                StringDeserializer::new,
                StringDeserializer::new);
        try (Bywash bywash = Bywash.builder().config(named).handler(binding).start()) {
            assertEquals("one", Seen.next(topic));
            assertTrue(bywash.isReady());
            ObjectName last = mbean(consumer + "." + topic + ".0.frontier-age", "gauges");
            ObjectName lag = mbean(consumer + ".lag", "gauges");
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!jmx.isRegistered(last) || !jmx.getAttribute(lag, "Value").equals(0L)) {
                assertTrue(System.nanoTime() - deadline < 0, "all metrics are shown in time, and that nothing is left");
                LockSupport.parkNanos(10_000_000);
            }
            Object buckets = jmx.getAttribute(mbean(consumer + ".shown.handler-latency", "gauges"), "Value");
            assertTrue(((Map<?, ?>) buckets).containsKey("+Inf"), buckets::toString);
            assertEquals(0L, jmx.getAttribute(mbean(consumer + ".failed", "meters"), "Count"));
        }
        assertEquals(Set.of(), jmx.queryNames(new ObjectName("io.bywash:name=bywash." + consumer + ".*,*"), null));
    }

    private static ObjectName mbean(String name, String type) throws MalformedObjectNameException {
        return new ObjectName("io.bywash:name=bywash." + name + ",type=" + type);
    }

    @Test
    void aSlowKeyHoldsUpItselfAlone() throws Exception {
        kafka().produce(topic, "slow", "one");
        kafka().produce(topic, "quick", "two");
        CountDownLatch letGo = new CountDownLatch(1);
        HandlerBinding<String, String> binding = new HandlerBinding<>(
                "waiting",
                (record, context) -> {
                    if (record.key().equals("slow")) {
                        letGo.await();
                    }
                    Seen.note(topic, record.value());
                },
                StringDeserializer::new,
                StringDeserializer::new);
        Config ordered = ConfigFactory.parseString("bywash.defaults { ordering = key, concurrency = 2 }")
                .withFallback(config("waiting"));
        try (Bywash bywash = Bywash.builder().config(ordered).handler(binding).start()) {
            assertEquals("two", Seen.next(topic));
            assertTrue(bywash.isReady());
            letGo.countDown();
            assertEquals("one", Seen.next(topic));
        }
        assertEquals(2, committed("waiting"));
    }

    @Test
    void aHandlerThatDoesNotOpenStopsTheConsumersStartedBefore() {
        Bywash bywash = Bywash.builder()
                .config(config("noting", "shut"))
                .handler(new Noting())
                .handler(new Shut())
                .build();
        ConsumerFailedException failure = assertThrows(ConsumerFailedException.class, bywash::start);
        assertEquals(ConsumerFailedException.Kind.HANDLER, failure.kind());
        assertEquals(ConsumerState.CLOSED, bywash.consumers().get("noting").state());
        assertEquals(ConsumerState.FAILED, bywash.state());
        assertEquals(failure, bywash.failure().orElseThrow());
    }

    @Test
    void whatCannotWorkIsRefusedBeforeAnythingIsCreated() {
        InvalidConfigurationException failure = assertThrows(
                InvalidConfigurationException.class,
                () -> Bywash.builder()
                        .config(config("noting", "nobody"))
                        .handler(new Noting())
                        .build());
        assertEquals(1, failure.problems().size(), failure::getMessage);
        assertTrue(failure.getMessage().contains("there is no such handler"), failure::getMessage);
    }

    @Test
    void aGuiceApplicationBindsItsHandlersAndInstallsTheModule() throws Exception {
        kafka().produce(topic, "k", "one");
        MetricRegistry metrics = new MetricRegistry();
        BlockingQueue<String> started = new LinkedBlockingQueue<>();
        Injector injector = Guice.createInjector(new BywashModule(), binder -> {
            binder.bind(Injected.class);
            binder.bind(Greeting.class).toInstance(new Greeting("hello "));
            binder.bind(Config.class).toInstance(config("injected"));
            binder.bind(MetricRegistry.class).toInstance(metrics);
            Multibinder.newSetBinder(binder, BywashListener.class)
                    .addBinding()
                    .toInstance((consumer, event) -> started.add(consumer));
        });
        try (Bywash bywash = injector.getInstance(Bywash.class)) {
            bywash.start();
            assertEquals("hello one", Seen.next(topic));
            assertFalse(metrics.getNames().isEmpty());
            assertEquals("injected", started.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
        assertEquals(1, committed("injected"));
    }

    @Test
    void aGuiceApplicationIsToldWhatCannotWork() {
        Injector injector = Guice.createInjector(
                new BywashModule(),
                binder -> binder.bind(Config.class)
                        .toInstance(ConfigFactory.parseMap(Map.of("bywash.handlers-foldr", "x"))));
        String message = assertThrows(ProvisionException.class, () -> injector.getInstance(Bywash.class))
                .getMessage();
        assertTrue(message.contains("bywash.handlers-foldr: is unknown; did you mean handlers-folder?"), message);
    }

    static class Noting implements TopicHandler<String, String> {
        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {
            Seen.note(record.topic(), record.value());
        }
    }

    @Handles(name = "shut")
    static class Shut implements TopicHandler<String, String> {
        @Override
        public void open() {
            throw new IllegalStateException("door is locked");
        }

        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {}
    }

    record Greeting(String text) {}

    static class Injected implements TopicHandler<String, String> {
        private final Greeting greeting;

        @Inject
        Injected(Greeting greeting) {
            this.greeting = greeting;
        }

        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {
            Seen.note(record.topic(), greeting.text() + record.value());
        }
    }
}
