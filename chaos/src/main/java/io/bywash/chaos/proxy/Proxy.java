package io.bywash.chaos.proxy;

import io.bywash.chaos.process.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes connections to 127.0.0.1 on, as the weather lets it. Any thread. */
public final class Proxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Proxy.class);
    private static final int CONNECT_MILLIS = 5_000;

    private static final Duration TAKEN = Duration.ofMinutes(2);

    private final List<ServerSocket> doors = new ArrayList<>();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Map<Weather, LongAdder> effects =
            Arrays.stream(Weather.values()).collect(Collectors.toMap(kind -> kind, kind -> new LongAdder()));
    private volatile Weather weather = Weather.CLEAR;

    /**
     * Opens the doors.
     *
     * @param routes by the port to listen on where it leads
     * @throws IOException if a socket cannot be made
     * @throws IllegalStateException if a port stays taken
     */
    public Proxy(Map<Integer, InetSocketAddress> routes) throws IOException {
        try {
            for (Map.Entry<Integer, InetSocketAddress> route : routes.entrySet()) {
                ServerSocket door = open(route.getKey());
                start("proxy-" + route.getKey(), () -> accept(door, route.getValue()));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** A client that finds nobody behind a port may be given that very port for its own end, and then has it for a while. */
    private ServerSocket open(int port) throws IOException {
        ServerSocket door = new ServerSocket();
        doors.add(door);
        door.setReuseAddress(true);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Patience.await(TAKEN, () -> bind(door, address), () -> "that port " + port + " is free");
        return door;
    }

    private static boolean bind(ServerSocket door, InetSocketAddress address) throws IOException {
        door.bind(address);
        return true;
    }

    /**
     * Changes the weather for all connections.
     *
     * @param next the weather from now on
     */
    public void weather(Weather next) {
        Weather before = weather;
        weather = next;
        // A connection that has lost something passes nothing more; its ends should learn of it.
        if (next == Weather.RESET) {
            links.forEach(link -> took(Weather.RESET));
        }
        if (next == Weather.RESET || before != Weather.SLOW && next == Weather.CLEAR) {
            links.forEach(Link::reset);
        }
    }

    Weather weather() {
        return weather;
    }

    /** Notes what the weather did to a frame, or to a connection where it resets those. */
    void took(Weather kind) {
        Objects.requireNonNull(effects.get(kind)).increment();
    }

    /**
     * Returns how often a kind of weather did what it is there for.
     *
     * @param kind the kind
     * @return how many frames were passed on, lost or delayed, or connections reset
     */
    public long effects(Weather kind) {
        return Objects.requireNonNull(effects.get(kind)).sum();
    }

    void over(Link link) {
        links.remove(link);
    }

    private void accept(ServerSocket door, InetSocketAddress target) {
        while (!door.isClosed()) {
            try {
                connect(door.accept(), target);
            } catch (IOException e) {
                // Ends the loop if the door is closed; else a client was gone before it was let in, or its broker is
                // away.
                LOG.debug("a connection to {} did not come about", target, e);
            }
        }
    }

    private void connect(Socket client, InetSocketAddress target) throws IOException {
        Socket broker = new Socket();
        Link link = new Link(this, client, broker);
        if (weather == Weather.RESET) {
            took(Weather.RESET);
            link.reset();
            return;
        }
        try {
            broker.connect(target, CONNECT_MILLIS);
        } catch (IOException e) {
            link.reset();
            throw e;
        }
        links.add(link);
        start("proxy-requests", link::requests);
        start("proxy-answers", link::answers);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Closes all doors and connections. */
    @Override
    public void close() {
        for (ServerSocket door : doors) {
            try {
                door.close();
            } catch (IOException e) {
                LOG.warn("the door {} does not close; it goes with the process", door, e);
            }
        }
        links.forEach(Link::reset);
    }
}
