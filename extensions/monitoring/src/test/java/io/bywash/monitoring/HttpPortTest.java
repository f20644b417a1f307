package io.bywash.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.snapshot.Condition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The port towards clients of every sort. */
class HttpPortTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** More than the buffers of any socket hold. */
    private static final Reply LARGE = new Reply(200, Map.of(), new byte[16 * 1024 * 1024]);

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final HttpPort port = open();

    private static HttpPort open() {
        MetricsPage metrics = new MetricsPage(
                () -> Families.of(
                        List.of(Views.consumer("billing", Views.partition("orders", 0, new Condition.Idle()))),
                        new com.codahale.metrics.MetricRegistry()),
                Duration.ofMillis(500));
        Page livez = request -> Reply.text(200, Map.of(), "fine");
        try {
            return HttpPort.open(
                    "127.0.0.1", 0, Map.of("/metrics", metrics, "/livez", livez, "/large", request -> LARGE));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        port.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(port.address() + path)).timeout(PATIENCE);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static String contentType(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("none");
    }

    @Test
    void whoAsksForOpenMetricsGetsThem() throws Exception {
        HttpResponse<String> plain = send(request("/metrics"));
        assertEquals(200, plain.statusCode());
        assertEquals("text/plain; version=0.0.4; charset=utf-8", contentType(plain));
        HttpResponse<String> open = send(request("/metrics")
                .header("Accept", "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3"));
        assertEquals("application/openmetrics-text; version=1.0.0; charset=utf-8", contentType(open));
        assertTrue(open.body().endsWith("# EOF\n"), open.body());
    }

    @Test
    void anAnswerIsGzippedForThoseWhoTakeIt() throws Exception {
        HttpResponse<byte[]> response = CLIENT.send(
                request("/metrics").header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());
        assertEquals("gzip", response.headers().firstValue("Content-Encoding").orElse("none"));
        try (InputStream body = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            assertEquals(send(request("/metrics")).body(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void headSaysHowLongTheAnswerWouldBe() throws Exception {
        HttpResponse<String> head = send(request("/livez").method("HEAD", BodyPublishers.noBody()));
        assertEquals(200, head.statusCode());
        assertEquals("5", head.headers().firstValue("Content-Length").orElse("none"));
        assertEquals("", head.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void nothingCanBeChanged(String method) throws Exception {
        HttpResponse<String> response =
                send(request("/livez").method(method, BodyPublishers.ofString("x".repeat(100_000))));
        assertEquals(405, response.statusCode());
        assertEquals("GET, HEAD", response.headers().firstValue("Allow").orElse("none"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/metricsx", "/metrics/", "/livez/../metrics", "/%6detrics", "/%252e%252e/etc/passwd"})
    void onlyTheseFewPathsAreThere(String path) throws Exception {
        HttpResponse<String> response = send(request(path));
        assertEquals(404, response.statusCode());
        assertEquals("nothing here; there are /large, /livez, /metrics\n", response.body());
    }

    @Test
    void aQueryIsNotLookedAt() throws Exception {
        assertEquals("fine\n", send(request("/livez?path=../../etc/passwd")).body());
    }

    @Test
    void aThousandClientsThatSayHalfAWordHoldNobodyUp() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                slow.add(saying("GET /liv"));
            }
            assertEquals("fine\n", send(request("/livez")).body());
            for (Socket socket : slow) {
                assertTrue(isClosedByTheServer(socket), "a client that says no more is let go");
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void clientsThatDoNotReadTheirAnswersHoldNobodyUp() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                slow.add(saying("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            }
            assertEquals("fine\n", send(request("/livez")).body());
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private Socket saying(String words) throws IOException {
        Socket socket = new Socket("127.0.0.1", port.address().getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static boolean isClosedByTheServer(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void aPortInUseIsNamedWithWhatToDo() {
        int taken = port.address().getPort();
        IOException refused = assertThrows(IOException.class, () -> HttpPort.open("127.0.0.1", taken, Map.of()));
        assertEquals(
                "the port 127.0.0.1:" + taken
                        + " cannot be opened: Address already in use; set bywash.monitoring.port to a"
                        + " free one, or bywash.monitoring.host to an address of this machine",
                refused.getMessage());
    }

    @Test
    void aHostThatIsNotHereIsNamedWithWhatToDo() {
        IOException unknown = assertThrows(IOException.class, () -> HttpPort.open("no-such-host.invalid", 0, Map.of()));
        assertEquals(
                "bywash.monitoring.host is no-such-host.invalid, which is no address of this machine; 127.0.0.1 is this"
                        + " machine alone, 0.0.0.0 all its addresses",
                unknown.getMessage());
    }
}
