package io.bywash.testkit;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which port each listener of each node has, for the life of the cluster. Immutable. */
final class Addresses {

    private static final String LOOPBACK = "127.0.0.1";

    static final int CONTROLLER_NODE = 1;

    private record Door(int node, String listener) {}

    private final ClusterSettings settings;
    private final Map<Door, Integer> ports = new HashMap<>();

    /** Picks all ports; a fixed one that is in use is an error. */
    Addresses(ClusterSettings settings) {
        this.settings = settings;
        for (int node = 1; node <= settings.brokers(); node++) {
            for (String name : InternalListeners.NAMES) {
                ports.put(new Door(node, name), Ports.next());
            }
            for (Listener listener : settings.listeners()) {
                ports.put(new Door(node, listener.name()), portOf(listener, node));
            }
        }
    }

    private static int portOf(Listener listener, int node) {
        if (listener.port() == 0) {
            return Ports.next();
        }
        int port = listener.port() + node - 1;
        if (!Ports.isFree(port)) {
            throw new EmbeddedKafkaException("Port " + port + " for listener " + listener.name() + " of broker " + node
                    + " is in use. Stop the server that listens on it or choose another port.");
        }
        return port;
    }

    /** As {@code controller.quorum.voters}: the one controller. */
    String voters() {
        return CONTROLLER_NODE + "@" + LOOPBACK + ":" + port(CONTROLLER_NODE, InternalListeners.CONTROLLER);
    }

    /** As {@code listeners}. */
    String bound(int node) {
        String forClients = settings.listeners().stream()
                .map(listener -> "," + url(listener.name(), LOOPBACK, node))
                .collect(Collectors.joining());
        String forController = node == CONTROLLER_NODE ? "," + url(InternalListeners.CONTROLLER, LOOPBACK, node) : "";
        return url(InternalListeners.INTERNAL, LOOPBACK, node) + forClients + forController;
    }

    /** As {@code advertised.listeners}. */
    String advertised(int node) {
        String forClients = settings.listeners().stream()
                .map(listener -> "," + url(listener.name(), listener.host(), node))
                .collect(Collectors.joining());
        return url(InternalListeners.INTERNAL, LOOPBACK, node) + forClients;
    }

    /** As {@code bootstrap.servers}, through {@code listener}. */
    String bootstrap(Listener listener) {
        return bootstrap(listener.name(), listener.host());
    }

    /** As {@code bootstrap.servers}, for the kit's own clients. */
    String internalBootstrap() {
        return bootstrap(InternalListeners.INTERNAL, LOOPBACK);
    }

    private String bootstrap(String listener, String host) {
        return IntStream.rangeClosed(1, settings.brokers())
                .mapToObj(node -> host + ":" + port(node, listener))
                .collect(Collectors.joining(","));
    }

    private String url(String listener, String host, int node) {
        return listener + "://" + host + ":" + port(node, listener);
    }

    private int port(int node, String listener) {
        return Objects.requireNonNull(ports.get(new Door(node, listener)));
    }
}
