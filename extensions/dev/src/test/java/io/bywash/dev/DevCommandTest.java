package io.bywash.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class DevCommandTest {
    @TempDir
    Path folder;

    @Test
    void exitNeedsToKnowTheEnd() throws Exception {
        Cli.Run run = new Cli(folder).run(Map.of(), "dev", "--exit");
        assertEquals(2, run.exitCode());
        assertTrue(run.output().contains("--exit needs it to know the end"), run.output());
    }

    @Test
    void aGivenBrokerGetsNoTrafficAndSoCannotBeVerified() throws Exception {
        Cli.Run run = new Cli(folder)
                .run(Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1"), "dev", "--records", "10", "--exit");
        assertEquals(2, run.exitCode());
        assertTrue(run.output().contains("leave out bywash.kafka.bootstrap.servers"), run.output());
    }

    @Test
    void aDataFolderKeepsTopicsAndOffsets() throws Exception {
        configure();
        String[] command = {"dev", "-c", "app.conf", "--data", "kept", "--records", "100", "--exit"};
        Cli.Run first = new Cli(folder).run(Map.of(), command);
        assertEquals(0, first.exitCode(), first.output());
        Cli.Run second = new Cli(folder).run(Map.of(), command);
        // Records of the first run that came again would stand out as handled but not sent.
        assertEquals(0, second.exitCode(), second.output());
        assertTrue(second.output().contains("counter: 100 sent, 100 handled"), second.output());
    }

    @Test
    void nothingStaysBehindWithoutADataFolder() throws Exception {
        configure();
        Cli.Run run = new Cli(folder).run(ownTemporaryFolder(), "dev", "-c", "app.conf", "--records", "100", "--exit");
        assertEquals(0, run.exitCode(), run.output());
        assertEquals(List.of(), leftBehind());
    }

    @Test
    void nothingStaysBehindWhenASignalEndsItWhileItsBrokerStarts() throws Exception {
        configure();
        Map<String, String> environment = ownTemporaryFolder();
        Path printed = folder.resolve("printed");
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            folder.resolve("tmp").register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            Process process = new Cli(folder)
                    .process(environment, "dev", "-c", "app.conf")
                    .redirectOutput(printed.toFile())
                    .start();
            try {
                while (leftBehind().isEmpty()) {
                    watch.take().reset();
                }
                process.destroy();
                int exitCode = process.waitFor();
                assertEquals(0, exitCode, Files.readString(printed));
            } finally {
                process.destroyForcibly();
            }
        }
        assertEquals(List.of(), leftBehind());
    }

    private void configure() throws IOException {
        Files.writeString(
                folder.resolve("app.conf"), "bywash.consumers.counter { topics = [numbers], handler = counting }");
    }

    private Map<String, String> ownTemporaryFolder() throws IOException {
        return Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
    }

    /** What libraries unpack into the temporary folder is their own affair. */
    private List<Path> leftBehind() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("bywash-"))
                    .toList();
        }
    }
}
