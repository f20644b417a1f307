package io.bywash.console.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.console.http.ConsoleServer;
import io.bywash.console.http.Route;
import io.bywash.console.settings.ConsoleSettings;
import io.bywash.console.settings.ConsoleSettings.Contents;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages that read, pages that stop, and a thousand of them. */
class BroadcastTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int LARGE = 8 << 20;

    private final AtomicInteger size = new AtomicInteger(1);
    private final AtomicInteger ticks = new AtomicInteger();
    private final AtomicInteger read = new AtomicInteger();
    private final Broadcast broadcast = new Broadcast(this::frame);
    private final List<Socket> pages = new ArrayList<>();
    private ConsoleServer server;

    private Frame frame() {
        int tick = ticks.incrementAndGet();
        String padding = "x".repeat(size.get());
        return new Frame(
                ("data: delta " + tick + " " + padding + "\n\n").getBytes(StandardCharsets.UTF_8),
                () -> ("data: whole " + tick + " " + padding + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    private void open(Duration period) throws IOException {
        ConsoleSettings settings =
                new ConsoleSettings("127.0.0.1", 0, List.of(), Contents.HIDDEN, Map.of(), Optional.empty());
        server = new ConsoleServer(
                settings, List.of(), List.of(Route.get("/stream", broadcast::subscribe)), (caller, request) -> {});
        server.start();
        broadcast.start(period);
    }

    @AfterEach
    void close() throws IOException {
        for (Socket page : pages) {
            page.close();
        }
        broadcast.close();
        server.close();
    }

    private BufferedReader page() throws IOException {
        return page("");
    }

    private BufferedReader page(String header) throws IOException {
        Socket page = new Socket();
        page.setReceiveBufferSize(4_096);
        page.setSoTimeout((int) PATIENCE.toMillis());
        page.connect(new java.net.InetSocketAddress("127.0.0.1", server.uri().getPort()));
        pages.add(page);
        page.getOutputStream()
                .write(("GET /stream HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return new BufferedReader(new InputStreamReader(page.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String next(BufferedReader page, String beginning) throws IOException {
        while (true) {
            String line = page.readLine();
            if (line == null || line.startsWith(beginning)) {
                return String.valueOf(line);
            }
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, what);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    @Test
    void aPageIsSentEverythingOnceAndThenWhatChanges() throws Exception {
        open(Duration.ofMillis(20));
        BufferedReader page = page();
        assertEquals("HTTP/1.1 200 OK", page.readLine());
        assertTrue(next(page, "data: ").startsWith("data: whole "));
        assertTrue(next(page, "data: ").startsWith("data: delta "));
        pages.get(0).close();
        await("the page is forgotten once it is closed", () -> broadcast.size() == 0);
    }

    @Test
    void aPageThatMissedSomethingIsSentEverythingAgain() throws Exception {
        open(Duration.ofMillis(20));
        BufferedReader slow = page();
        assertTrue(next(slow, "data: ").startsWith("data: whole "));
        size.set(LARGE);
        int before = ticks.get();
        await("time goes on while the page does not read", () -> ticks.get() > before + 20);
        size.set(1);
        assertTrue(next(slow, "data: whole ").startsWith("data: whole "));
    }

    @Test
    void aPageThatStopsReadingHoldsUpNoOtherAndIsDropped() throws Exception {
        open(Duration.ofMillis(20));
        BufferedReader stopped = page();
        BufferedReader reading = page();
        assertTrue(next(stopped, "data: ").startsWith("data: whole "));
        size.set(LARGE);
        int before = ticks.get();
        await("a few large frames are made", () -> ticks.get() > before + 3);
        size.set(1);
        for (int i = 0; i < 10; i++) {
            next(reading, "data: ");
        }
        Thread reader = new Thread(() -> drain(reading));
        reader.setDaemon(true);
        reader.start();
        await("the page that stopped is dropped, the other is not", () -> broadcast.size() == 1);
        int sofar = read.get();
        await("the page that reads is sent more", () -> read.get() > sofar);
    }

    private void drain(BufferedReader page) {
        try {
            while (page.readLine() != null) {
                read.incrementAndGet();
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    @Test
    void aThousandPagesAreServedAndOneMoreIsRefused() throws Exception {
        open(Duration.ofMillis(200));
        List<BufferedReader> all = new ArrayList<>();
        for (int i = 0; i < Broadcast.MOST_STREAMS; i++) {
            all.add(page());
        }
        await("all pages are open", () -> broadcast.size() == Broadcast.MOST_STREAMS);
        for (BufferedReader page : all) {
            assertTrue(next(page, "data: ").startsWith("data: whole "));
        }
        // The end of the answer is that of the connection then.
        BufferedReader more = page("Connection: close\r\n");
        assertEquals("HTTP/1.1 429 Too Many Requests", more.readLine());
        assertTrue(next(more, "{").contains("1000 pages are open"));
    }
}
