package io.bywash.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        String[] command = {
            "dev", "-c", "app.conf", "--data", "kept", "--traffic", "numbers", "--records", "100", "--exit"
        };
        Cli.Run first = new Cli(folder).run(Map.of(), command);
        assertEquals(0, first.exitCode(), first.output());
        Cli.Run second = new Cli(folder).run(Map.of(), command);
        // Records of the first run that came again would stand out as handled but not sent.
        assertEquals(0, second.exitCode(), second.output());
        assertTrue(second.output().contains("counter: 100 sent, 100 handled"), second.output());
    }

    @Test
    void aSlowOrderThatHoldsUpOthersIsNotAsItShouldBe() throws Exception {
        // A lane for each record, so that the slow one gets one while all others are kept.
        Files.writeString(
                folder.resolve("app.conf"),
                "bywash.consumers.order-handler { topics = [orders], handler = stalling, ordering = key, concurrency = 200 }");
        Cli.Run run = new Cli(folder).run(Map.of(), "dev", "-c", "app.conf", "--records", "100", "--exit");
        assertEquals(5, run.exitCode(), run.output());
        assertTrue(run.output().contains("WRONG: order-slow held up others"), run.output());
        assertTrue(run.output().contains("not as it should be: 1 findings"), run.output());
    }

    @Test
    void othersPassTheSlowOrderAsTheDemoIsConfigured() throws Exception {
        // The demo's own handler is no part of this module; what others may do while one is slow does not depend on it.
        String demo = Readme.read("examples/orders/src/main/resources/application.conf");
        Files.writeString(folder.resolve("app.conf"), demo.replace("handler = order-handler", "handler = counting"));
        Cli.Run run = new Cli(folder).run(Map.of(), "dev", "-c", "app.conf", "--records", "1000", "--exit");
        assertEquals(0, run.exitCode(), run.output());
        Pattern passed = Pattern.compile("order-slow: [\\d,]+ x 300 ms; meanwhile [1-9][\\d,]* other records");
        assertTrue(passed.matcher(run.output()).find(), run.output());
    }

    @Test
    void nothingStaysBehindWithoutADataFolder() throws Exception {
        configure();
        Cli.Run run = new Cli(folder)
                .run(
                        ownTemporaryFolder(),
                        "dev",
                        "-c",
                        "app.conf",
                        "--traffic",
                        "numbers",
                        "--records",
                        "100",
                        "--exit");
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

    private static void assertConsoleShows(String consumer, String started) throws Exception {
        Matcher console = Pattern.compile("console +(http\\S+)").matcher(started);
        assertTrue(console.find(), started);
        HttpRequest overview = HttpRequest.newBuilder(URI.create(console.group(1) + "/api/v1/overview"))
                .build();
        HttpResponse<String> shown = HttpClient.newHttpClient().send(overview, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, shown.statusCode());
        assertTrue(shown.body().contains(consumer), shown.body());
    }

    @Test
    void anOwnTopicGetsWhatItsUserSendsAndNothingElse() throws Exception {
        configure();
        String port = String.valueOf(freePort());
        Process process = new Cli(folder)
                .process(Map.of(), "dev", "-c", "app.conf", "--port", port)
                .start();
        try (BufferedReader printed = process.inputReader()) {
            String started = until(printed, "Ctrl-C stops.");
            assertTrue(started.contains("No handler reads the topic orders, so nothing is sent"), started);
            assertConsoleShows("counter", started);
            Cli.Run sent = new Cli(folder).run(Map.of(), "send", "--broker", "127.0.0.1:" + port, "numbers", "k", "v");
            assertEquals(0, sent.exitCode(), sent.output());
            assertTrue(sent.output().matches("(?s).*sent as numbers-[0-3]@0\\R"), sent.output());
            until(printed, "sent         1  handled         1  dead     0  waiting       0  in flight    0");
            // That of the process itself would close its output as well.
            process.toHandle().destroy();
            until(printed, ", drained: 1 handled, 0 dead-lettered, 0 skipped, committed");
            assertEquals(0, process.waitFor());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aPortInUseIsToldWithoutAStack() throws Exception {
        configure();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            Cli.Run run = new Cli(folder).run(Map.of(), "dev", "-c", "app.conf", "--port", port);
            assertEquals(4, run.exitCode(), run.output());
            assertTrue(
                    run.output().contains("Port " + port + " for listener CLIENT of broker 1 is in use."),
                    run.output());
            assertFalse(run.output().contains("\tat "), run.output());
        }
    }

    @Test
    void recordsNeedATopicToFill() throws Exception {
        configure();
        Cli.Run run = new Cli(folder).run(Map.of(), "dev", "-c", "app.conf", "--records", "10");
        assertEquals(2, run.exitCode(), run.output());
        assertTrue(run.output().contains("--records has nothing to fill"), run.output());
    }

    /** Reads up to a line that holds a text, and returns all that was read. */
    private static String until(BufferedReader printed, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            String line = printed.readLine();
            if (line == null) {
                throw new AssertionError("no \"" + text + "\" in\n" + read);
            }
            read.append(line).append('\n');
        }
        return read.toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
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
