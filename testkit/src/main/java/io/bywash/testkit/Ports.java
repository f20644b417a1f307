package io.bywash.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Picks the ports of brokers. They lie below the range that operating systems draw outgoing connections from (32768 on
 * Linux, 49152 elsewhere): a client that reconnects to a stopped broker can then neither take its port away nor reach
 * itself on it, and the broker gets the same port back when it returns. JVMs that run side by side begin at different
 * places, so that they do not meet between looking and binding. Any thread.
 */
public final class Ports {

    private static final int LOWEST = 16_000;
    private static final int COUNT = 16_000;
    private static final int APART = 64;

    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * APART % COUNT));

    private Ports() {}

    /**
     * A port of 127.0.0.1 that nobody listens on and that this JVM has not been given lately.
     *
     * @throws EmbeddedKafkaException if there is none
     */
    public static int next() {
        for (int attempt = 0; attempt < COUNT; attempt++) {
            int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new EmbeddedKafkaException("No port of 127.0.0.1 between " + LOWEST + " and " + (LOWEST + COUNT - 1)
                + " is free. Close clusters or servers that are no longer needed.");
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the broker does: connections of a predecessor that wait out their last minute do not matter.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
