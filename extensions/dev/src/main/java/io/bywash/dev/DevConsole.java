package io.bywash.dev;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/**
 * Where the console of the command is: at the port that is configured, or at a free one if somebody has that.
 *
 * @param port the port
 */
record DevConsole(int port) {
    private static final String PORT = "bywash.console.port";
    private static final int USUAL = 8080;
    private static final int ANY = 0;

    static DevConsole choose(Config application) {
        int wanted = application.hasPath(PORT) ? application.getInt(PORT) : USUAL;
        try {
            return new DevConsole(free(wanted));
        } catch (IOException taken) {
            try {
                return new DevConsole(free(ANY));
            } catch (IOException e) {
                throw new UncheckedIOException("no port is free for the console", e);
            }
        }
    }

    private static int free(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns a configuration that puts the console there. */
    Config lead(Config application) {
        return ConfigFactory.parseMap(Map.of(PORT, port), "the dev command").withFallback(application);
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }
}
