package io.bywash.chaos.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.chaos.process.Patience;
import io.bywash.testkit.Ports;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of weather does what it says, and is known to have done it. */
@Timeout(60)
class ProxyTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final short FETCH = 1;
    private static final short OFFSET_COMMIT = 8;
    private static final int HEADER = 8;

    private final AtomicInteger served = new AtomicInteger();
    private ServerSocket broker;
    private Proxy proxy;
    private Socket client;

    @BeforeEach
    void connect() throws IOException {
        broker = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "broker");
        thread.setDaemon(true);
        thread.start();
        int door = Ports.next();
        proxy = new Proxy(Map.of(door, new InetSocketAddress(InetAddress.getLoopbackAddress(), broker.getLocalPort())));
        client = new Socket(InetAddress.getLoopbackAddress(), door);
        client.setSoTimeout((int) LIMIT.toMillis());
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
        proxy.close();
        broker.close();
    }

    /** Answers every request with its number, until the connection is gone. */
    private void serve() {
        try (Socket one = broker.accept()) {
            DataInputStream in = new DataInputStream(one.getInputStream());
            DataOutputStream out = new DataOutputStream(one.getOutputStream());
            while (true) {
                byte[] request = new byte[in.readInt()];
                in.readFully(request);
                served.incrementAndGet();
                out.writeInt(Integer.BYTES);
                out.write(request, HEADER - Integer.BYTES, Integer.BYTES);
            }
        } catch (IOException e) {
            // The end of the test, or what it is about.
            return;
        }
    }

    private void ask(short kind, int number) throws IOException {
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        out.writeInt(HEADER);
        out.writeShort(kind);
        out.writeShort(0);
        out.writeInt(number);
    }

    private int answer() throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        assertEquals(Integer.BYTES, in.readInt());
        return in.readInt();
    }

    private void awaitEffect(Weather kind) {
        Patience.await(LIMIT, () -> proxy.effects(kind) > 0, () -> "an effect of " + kind);
    }

    @Test
    void inClearWeatherEverythingIsPassedOn() throws IOException {
        ask(OFFSET_COMMIT, 7);
        assertEquals(7, answer());
        Patience.await(LIMIT, () -> proxy.effects(Weather.CLEAR) == 2, () -> "two frames that were passed on");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CLEAR", "RESET"})
    void badWeatherIsKnownToHaveBeenThere(Weather kind) throws IOException {
        ask(FETCH, 7);
        assertEquals(7, answer());
        assertEquals(0, proxy.effects(kind));
        proxy.weather(kind);
        assertEquals(0, proxy.effects(kind));
        ask(OFFSET_COMMIT, 8);
        awaitEffect(kind);
        boolean gotThrough = kind != Weather.BLACK_HOLE && kind != Weather.REQUESTS_LOST;
        Patience.await(LIMIT, () -> served.get() == (gotThrough ? 2 : 1), () -> "the request to get through, or not");
    }

    @Test
    void aResetIsOneOfConnectionsThatAreThereAndOfThoseThatCome() throws IOException {
        ask(FETCH, 7);
        assertEquals(7, answer());
        proxy.weather(Weather.RESET);
        assertEquals(1, proxy.effects(Weather.RESET));
        assertThrows(IOException.class, this::answer);
        try (Socket next = new Socket(client.getInetAddress(), client.getPort())) {
            Patience.await(LIMIT, () -> proxy.effects(Weather.RESET) == 2, () -> "the reset of " + next);
        }
    }

    @Test
    void whereTheAnswersToCommitsAreLostNoOtherIs() throws IOException {
        proxy.weather(Weather.COMMIT_ANSWERS_LOST);
        ask(FETCH, 7);
        assertEquals(7, answer());
        assertEquals(0, proxy.effects(Weather.COMMIT_ANSWERS_LOST));
        ask(OFFSET_COMMIT, 8);
        assertThrows(IOException.class, this::answer);
        assertTrue(proxy.effects(Weather.COMMIT_ANSWERS_LOST) > 0);
    }
}
