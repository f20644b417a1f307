package io.bywash.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.runtime.fixture.HandlerJar;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.UniqueName;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Signals reach a process, so these tests start one. */
class SignalTest {
    private static final long PATIENCE_S = 60;
    private static final int KILLED_BY_TERM = 143;

    /** Works until the consumer stops, says so, and then until the gate is open. */
    private static final String SLOW = "public class Slow implements TopicHandler<String, String> {"
            + " public void handle(ConsumerRecord<String, String> record, HandlerContext context) throws Exception {"
            + " System.out.println(\"handling\");"
            + " while (!context.isRevoking()) { Thread.sleep(5); }"
            + " System.out.println(\"stopping\");"
            + " while (!java.nio.file.Files.exists(java.nio.file.Path.of(System.getProperty(\"gate\")))) { Thread.sleep(5); }"
            + " } }";

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @TempDir
    private Path folder;

    private final String group = UniqueName.of("group");
    private String topic;
    private Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Starts a process and waits until its handler works on the only record. */
    private BufferedReader startAndHandle() throws IOException {
        EmbeddedKafka kafka = KAFKA.cluster();
        topic = kafka.createUniqueTopic("orders", 1);
        kafka.produce(topic, "k", "v");
        new HandlerJar()
                .source("Slow", SLOW)
                .service("io.bywash.handler.TopicHandler", "com.acme.Slow")
                .writeTo(folder.resolve("handlers/slow.jar"));
        Path config = CommandRun.in(
                        folder,
                        "bywash.consumers.x { group = " + group + ", topics = [" + topic + "], handler = slow }")
                .config();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dgate=" + folder.resolve("gate"),
                        "-cp",
                        HandlerJar.classPath(),
                        Main.class.getName(),
                        "run",
                        "-c",
                        config.toString())
                .redirectErrorStream(true);
        // Both ways of setting something through the environment, which only a process of its own can have.
        builder.environment().put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        builder.environment().put("CONFIG_FORCE_bywash_defaults_drain__timeout", "90s");
        process = builder.start();
        BufferedReader out = process.inputReader();
        awaitLine(out, "handling");
        return out;
    }

    private static void awaitLine(BufferedReader out, String line) throws IOException {
        StringBuilder before = new StringBuilder();
        for (String read = out.readLine(); !line.equals(read); read = out.readLine()) {
            if (read == null) {
                throw new AssertionError("the process ended without saying " + line + ":\n" + before);
            }
            before.append(read).append('\n');
        }
    }

    private void terminate() {
        // Process.destroy would close the streams as well.
        process.toHandle().destroy();
    }

    private int exitCode() throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE_S, TimeUnit.SECONDS), "the process does not end");
        return process.exitValue();
    }

    @Test
    void theFirstSignalLetsCallsFinishAndCommitsThem() throws Exception {
        BufferedReader out = startAndHandle();
        terminate();
        awaitLine(out, "stopping");
        Files.createFile(folder.resolve("gate"));
        assertEquals(0, exitCode());
        assertEquals(
                1,
                KAFKA.cluster()
                        .committedOffsets(group)
                        .get(new TopicPartition(topic, 0))
                        .offset());
    }

    @Test
    void theSecondSignalEndsTheProcessAtOnce() throws Exception {
        BufferedReader out = startAndHandle();
        terminate();
        awaitLine(out, "stopping");
        terminate();
        assertEquals(KILLED_BY_TERM, exitCode());
    }
}
