package io.bywash.tools.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** pause and resume, against what a console answers. */
class ConsoleCommandTest {
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer console;
    private int status = 204;
    private String answer = "";
    private String session = "{\"csrfToken\": \"t0k3n\"}";

    @BeforeEach
    void start() throws IOException {
        console = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        console.createContext("/api/v1/session", exchange -> respond(exchange, 200, session));
        console.createContext("/api/v1/consumers/", exchange -> {
            requests.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath() + " "
                            + exchange.getRequestHeaders().getFirst("X-CSRF-Token") + " "
                            + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            respond(exchange, status, answer);
        });
        console.start();
    }

    @AfterEach
    void stop() {
        console.stop(0);
    }

    private static void respond(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String address() {
        return "http://127.0.0.1:" + console.getAddress().getPort();
    }

    @Test
    void aConsumerIsPausedAndResumed() {
        Cli.Ended paused = Cli.plain("pause", "order book", "orders-0", "orders-1", "--console", address());
        assertEquals(0, paused.code(), paused.err());
        assertEquals("order book: orders-0, orders-1 paused\n", paused.out());
        Cli.Ended resumed = Cli.plain("resume", "billing", "-o", "json", "--console", address());
        assertEquals(0, resumed.code(), resumed.err());
        assertEquals("{\"consumer\":\"billing\",\"partitions\":[],\"state\":\"resumed\"}\n", resumed.out());
        assertEquals(
                List.of(
                        "POST /api/v1/consumers/order%20book/pause t0k3n {\"partitions\":[\"orders-0\",\"orders-1\"]}",
                        "POST /api/v1/consumers/billing/resume t0k3n {\"partitions\":[]}"),
                requests);
    }

    @Test
    void aRefusalIsPassedOn() {
        status = 404;
        answer = "{\"error\":\"no consumer bil\u001bling\"}";
        Cli.Ended unknown = Cli.plain("pause", "billing", "--console", address());
        assertEquals(3, unknown.code());
        assertEquals(
                "the console at " + address()
                        + " refuses with status 404: {\"error\":\"no consumer bil\\u001bling\"}\n",
                unknown.err());
        status = 403;
        Cli.Ended role = Cli.plain("pause", "billing", "--console", address());
        assertEquals(1, role.code());
        assertTrue(role.err().contains("environment variable BYWASH_CONSOLE_TOKEN"), role.err());
    }

    @Test
    void whatIsNoConsoleIsSaid() {
        session = "<html>";
        Cli.Ended other = Cli.plain("pause", "billing", "--console", address());
        assertEquals(1, other.code());
        assertEquals(address() + " answers, but not as a console of Bywash does; is that its address?\n", other.err());
        String gone = address();
        console.stop(0);
        Cli.Ended nobody = Cli.plain("pause", "billing", "--console", gone);
        assertEquals(1, nobody.code());
        assertTrue(nobody.err().startsWith("no console answers at " + gone + ": "), nobody.err());
        Cli.Ended scheme = Cli.plain("pause", "billing", "--console", "file:///etc/passwd");
        assertEquals(3, scheme.code());
        assertTrue(scheme.err().contains("is no address of a console"), scheme.err());
    }
}
