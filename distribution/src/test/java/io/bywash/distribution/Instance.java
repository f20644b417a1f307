package io.bywash.distribution;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A process of the installation, as an operator sees it: its console, its probes and its metrics. */
final class Instance implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final int console = freePort();
    private final int monitoring = freePort();
    private final String consumer;
    private final Running running;

    Instance(Installation installed, String consumer) {
        this.consumer = consumer;
        this.running = installed
                .with("CONFIG_FORCE_bywash_console_port", String.valueOf(console))
                .with("CONFIG_FORCE_bywash_monitoring_port", String.valueOf(monitoring))
                .start("run");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns where the console shows something of the consumer. */
    URI page(String view) {
        return URI.create("http://127.0.0.1:" + console + "/#/c/" + consumer + "/" + view);
    }

    boolean isReady() {
        return get(monitoring, "/readyz").map(HttpResponse::statusCode).equals(Optional.of(200));
    }

    /** Returns how many partitions the process has, as its metrics say. */
    int partitions() {
        return metrics()
                .lines()
                .filter(line -> line.startsWith("bywash_partitions{"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Returns what the console shows of a partition, if the process has it. */
    Optional<JsonNode> shown(int partition) {
        JsonNode partitions =
                json(console, "/api/v1/consumers/" + consumer + "/partitions").path("partitions");
        return StreamSupport.stream(partitions.spliterator(), false)
                .filter(shown -> shown.path("partition").asInt() == partition)
                .findFirst();
    }

    /** Returns what the probe says of a partition that is held up. */
    Optional<JsonNode> probed(int partition) {
        JsonNode held = json(monitoring, "/readyz").path("consumers").path(0).path("held");
        return StreamSupport.stream(held.spliterator(), false)
                .filter(probed -> probed.path("partition").asInt() == partition)
                .findFirst();
    }

    /** Tells whether the metrics say that a cause holds up a partition. */
    boolean measures(String cause, int partition) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith("bywash_partition_held{"))
                .anyMatch(line ->
                        line.contains("cause=\"" + cause + "\"") && line.contains("partition=\"" + partition + "\""));
    }

    private String metrics() {
        return get(monitoring, "/metrics").map(HttpResponse::body).orElse("");
    }

    private static JsonNode json(int port, String path) {
        return JSON.readTree(get(port, path).map(HttpResponse::body).orElse("{}"));
    }

    /** Answers nothing while the port is not open. */
    private static Optional<HttpResponse<String>> get(int port, String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return Optional.of(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns what the console shows, for people to read. */
    String shownOfAll() {
        return get(console, "/api/v1/overview").map(HttpResponse::body).orElse("nothing at " + console);
    }

    Running running() {
        return running;
    }

    @Override
    public void close() {
        running.close();
    }
}
