package io.bywash.chaos.secured;

import io.bywash.chaos.process.ChildJvm;
import io.bywash.chaos.worker.InstalledHandler;
import io.bywash.chaos.worker.InstalledWorkerMain;
import io.bywash.testkit.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A worker with a configuration file, whose health and console can be asked. One thread at a time. */
public final class InstalledWorker {
    private static final String HEAP = "192m";
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(ANSWER).build();

    /** What the HTTP ports of a worker can be asked. */
    private static final List<String> CONSOLE_PAGES = List.of(
            "/api/v1/overview",
            "/api/v1/configuration",
            "/api/v1/audit",
            "/api/v1/consumers/work/partitions",
            "/api/v1/consumers/work/calls",
            "/api/v1/consumers/work/waiting",
            "/api/v1/consumers/work/events",
            "/api/v1/consumers/work/dead-letters");

    private static final List<String> MONITORING_PAGES = List.of("/metrics", "/livez", "/readyz", "/startupz");

    private final Secrets secrets;
    private final int monitoring;
    private final int console;
    private final ChildJvm process;

    /**
     * What a worker works at.
     *
     * @param topic the topic
     * @param group the group
     * @param kafka properties of its Kafka clients
     */
    public record Work(String topic, String group, Map<String, Object> kafka) {}

    private InstalledWorker(Secrets secrets, int monitoring, int console, ChildJvm process) {
        this.secrets = secrets;
        this.monitoring = monitoring;
        this.console = console;
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param work what it works at
     * @param auth the content of its {@code bywash.auth}
     * @param secrets what its console asks for
     * @param journal the file for its journal; its configuration goes beside it
     * @param log the file for its output
     * @return the worker, which may end at once
     * @throws IOException if it cannot be started
     */
    public static InstalledWorker start(Work work, String auth, Secrets secrets, Path journal, Path log)
            throws IOException {
        int monitoring = Ports.next();
        int console = Ports.next();
        String ports = """
                bywash.monitoring.port = %d
                bywash.console { port = %d, users.ana { password = "%s", role = read } }
                """.formatted(monitoring, console, secrets.consolePassword());
        Path configuration = Files.createDirectories(journal.resolveSibling("configuration"))
                .resolve(journal.getFileName() + ".conf");
        Files.writeString(configuration, ports + consumer(work) + "bywash.auth {\n" + auth + "}\n");
        return new InstalledWorker(
                secrets,
                monitoring,
                console,
                ChildJvm.start(
                        InstalledWorkerMain.class, HEAP, log, List.of(journal.toString(), configuration.toString())));
    }

    private static String consumer(Work work) {
        String kafka = work.kafka().entrySet().stream()
                .map(entry -> "  \"" + entry.getKey() + "\" = \"" + entry.getValue() + "\"\n")
                .collect(Collectors.joining());
        return """
                bywash.kafka {
                %s}
                bywash.consumers.work {
                  group = %s
                  topics = [%s]
                  handler = %s
                  ordering = key
                  concurrency = 16
                  drain-timeout = 8s
                  attempts { max = 2, backoff { initial = 20ms, max = 100ms } }
                }
                """.formatted(kafka, work.group(), work.topic(), InstalledHandler.NAME);
    }

    /**
     * Returns its process.
     *
     * @return the process
     */
    public ChildJvm process() {
        return process;
    }

    /**
     * Asks whether it does its work.
     *
     * @return whether {@code /readyz} says so; false also if there is no answer
     */
    public boolean isReady() {
        return isFine("/readyz");
    }

    /**
     * Asks whether it is alive.
     *
     * @return whether {@code /livez} says so; false also if there is no answer
     */
    public boolean isLive() {
        return isFine("/livez");
    }

    private boolean isFine(String page) {
        try {
            return ask(monitoring, page).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Asks for everything there is to ask for.
     *
     * @return by what was asked the answers
     * @throws IOException if something is not answered
     */
    Map<String, String> answers() throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (String page : MONITORING_PAGES) {
            all.put(page, ask(monitoring, page).body());
        }
        for (String page : CONSOLE_PAGES) {
            HttpResponse<String> answer = ask(console, page);
            if (answer.statusCode() != 200) {
                throw new IOException(
                        "the console answers " + answer.statusCode() + " to " + page + ": " + answer.body());
            }
            all.put(page, answer.body());
        }
        return all;
    }

    private HttpResponse<String> ask(int port, String page) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + page))
                .header("Authorization", "Bearer " + secrets.consolePassword())
                .timeout(ANSWER)
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
