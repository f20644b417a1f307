package io.bywash.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.UniqueName;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What goes wrong at night: three processes share 200 partitions; a key becomes slow, a record is poison, dead letters are not taken, a
 * process is gone. Each time console, probe, metrics and command line say the same, and soon.
 */
class OperatorTest {
    private static final int PARTITIONS = 200;
    private static final int PROCESSES = 3;
    private static final long START_S = 120;

    /** What an operator is promised. The machine that runs this test does other things as well, hence more than that. */
    private static final long SOON_S = Long.getLong("bywash.soon", 30);

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @TempDir
    private Path folder;

    private final String group = UniqueName.of("night");
    private final Pictures pictures = Pictures.ifWanted();
    private Installation installed;
    private String topic;
    private List<Instance> instances = List.of();

    @BeforeEach
    void start() throws IOException {
        EmbeddedKafka kafka = KAFKA.cluster();
        topic = kafka.createUniqueTopic("night", PARTITIONS);
        installed = Installation.in(folder).with("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        jar(installed.path("handlers/troublesome.jar"));
        Files.writeString(
                installed.path("conf/application.conf"),
                "\nbywash.console.show-records = true\nbywash.consumers.night { group = " + group + ", topics = ["
                        + topic + "], handler = troublesome,"
                        + " ordering = key, stuck-after = 2s, kafka.session.timeout.ms = 6000 }\n",
                StandardOpenOption.APPEND);
        instances = IntStream.range(0, PROCESSES)
                .mapToObj(number -> new Instance(installed, "night"))
                .toList();
        await(
                START_S,
                "all are ready",
                () -> instances.stream().allMatch(Instance::isReady) && partitions() == PARTITIONS);
    }

    @AfterEach
    void end() {
        pictures.close();
        instances.forEach(Instance::close);
    }

    private static void jar(Path file) throws IOException {
        String name = TroublesomeHandler.class.getName();
        String entry = name.replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out);
                InputStream type = TroublesomeHandler.class.getClassLoader().getResourceAsStream(entry)) {
            jar.putNextEntry(new JarEntry(entry));
            type.transferTo(jar);
            jar.putNextEntry(new JarEntry("META-INF/services/io.bywash.handler.TopicHandler"));
            jar.write(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private int partitions() {
        return instances.stream().mapToInt(Instance::partitions).sum();
    }

    private void await(long seconds, String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            assertTrue(
                    System.nanoTime() < deadline, () -> "after " + seconds + " s it is not so that " + what + said());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private String said() {
        return instances.stream().map(Instance::shownOfAll).collect(Collectors.joining("\n"));
    }

    private void send(int partition, String key, String value) {
        KAFKA.cluster()
                .produce(
                        List.of(new ProducerRecord<>(topic, partition, key, value)),
                        new StringSerializer(),
                        new StringSerializer());
    }

    private boolean isHeld(int partition, String cause) {
        return instances.stream().anyMatch(instance -> isHeld(instance, partition, cause));
    }

    /** Console, probe and metrics of the same process. */
    private static boolean isHeld(Instance instance, int partition, String cause) {
        Optional<String> shown = instance.shown(partition)
                .filter(node -> node.path("condition").asString().equals("HELD"))
                .map(node -> node.path("cause").asString());
        Optional<String> probed =
                instance.probed(partition).map(node -> node.path("cause").asString());
        return shown.equals(Optional.of(cause.replace('-', '_').toUpperCase(java.util.Locale.ROOT)))
                && probed.equals(Optional.of(cause))
                && instance.measures(cause, partition);
    }

    private Instance owner(int partition) {
        return instances.stream()
                .filter(instance -> instance.shown(partition).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private JsonNode command(String... arguments) {
        try {
            Ended command = installed.run(arguments);
            assertEquals(0, command.code(), command::toString);
            return JsonMapper.shared().readTree(command.out());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode lag(int partition) {
        JsonNode partitions =
                command("lag", "--output", "json").path("groups").path(0).path("partitions");
        return StreamSupport.stream(partitions.spliterator(), false)
                .filter(node -> node.path("partition").asInt() == partition)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whateverGoesWrongAllThatTellOfItAgree() throws Exception {
        aKeyIsSlow();
        aRecordIsPoison();
        deadLettersAreNotTaken();
        aProcessIsGone();
        for (Instance instance : instances.subList(1, PROCESSES)) {
            instance.running().terminate();
            Ended ended = instance.running().end();
            assertEquals(0, ended.code(), ended::toString);
        }
    }

    private void aKeyIsSlow() throws IOException {
        Path gate = folder.resolve("gate");
        send(7, "slow", "wait " + gate);
        send(7, "quick", "fine");
        await(SOON_S, "the slow call is told of", () -> isHeld(7, "slow-call"));
        Instance owner = owner(7);
        JsonNode shown = owner.shown(7).orElseThrow();
        assertEquals("slow", shown.path("heldKey").asString(), shown::toString);
        assertEquals(0, shown.path("heldOffset").asInt(), shown::toString);
        assertEquals(1, shown.path("buffered").asInt(), "the other key has gone on: " + shown);
        assertEquals(2, lag(7).path("lag").asInt());
        pictures.take(owner.page("partitions"), "night-slow-key");
        Files.createFile(gate);
        await(
                SOON_S,
                "it goes on",
                () -> !isHeld(7, "slow-call") && lag(7).path("lag").asInt() == 0);
    }

    private void aRecordIsPoison() {
        send(9, "key", "poison");
        await(SOON_S, "it is passed over", () -> lag(9).path("lag").asInt() == 0);
        JsonNode letters = command("dlq", "list", "--output", "json");
        assertTrue(letters.toString().contains("NonRetriableException"), letters::toString);
        pictures.take(owner(9).page("dead-letters"), "night-poison");
    }

    private void deadLettersAreNotTaken() throws Exception {
        String letters = topic + "." + group + ".dlt";
        limit(letters, "10");
        send(11, "key", "poison");
        await(SOON_S, "dead letters are down", () -> isHeld(11, "dead-letter-down"));
        assertEquals(1, lag(11).path("lag").asInt());
        assertEquals(1, lag(11).path("failed").size());
        pictures.take(owner(11).page("waiting"), "night-dead-letters");
        limit(letters, "1000000");
        await(START_S, "it goes on", () -> lag(11).path("lag").asInt() == 0);
    }

    private static void limit(String topic, String bytes) throws Exception {
        KAFKA.cluster()
                .admin()
                .incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private void aProcessIsGone() {
        instances.get(0).close();
        List<Instance> left = instances.subList(1, PROCESSES);
        await(
                SOON_S,
                "the others have its partitions",
                () -> left.stream().mapToInt(Instance::partitions).sum() == PARTITIONS
                        && left.stream().allMatch(Instance::isReady));
        assertEquals(
                PROCESSES - 1,
                command("lag", "--output", "json")
                        .path("groups")
                        .path(0)
                        .path("members")
                        .asInt());
        pictures.take(left.get(0).page("timeline"), "night-process");
    }
}
