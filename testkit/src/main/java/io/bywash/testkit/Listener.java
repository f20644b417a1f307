package io.bywash.testkit;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * A door of the cluster for clients: each broker opens one port for it, on 127.0.0.1. Immutable; every method that
 * changes something returns a new listener.
 */
public final class Listener {

    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]*");

    private final String name;
    private final SecurityProtocol protocol;
    private final String host;
    private final int port;
    private final Map<String, String> properties;

    private Listener(String name, SecurityProtocol protocol, String host, int port, Map<String, String> properties) {
        this.name = name;
        this.protocol = protocol;
        this.host = host;
        this.port = port;
        this.properties = Map.copyOf(properties);
    }

    /**
     * A listener whose security is described by properties alone; the other factories are shorter where they fit.
     *
     * @param name its name among the cluster's listeners: capital letters, digits and underscores
     * @param protocol how clients must connect
     */
    public static Listener of(String name, SecurityProtocol protocol) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Listener name '" + name
                    + "' is not made of capital letters, digits and underscores. Use a name such as CLIENT.");
        }
        if (InternalListeners.NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "Listener name '" + name + "' is taken by the cluster itself. Use another, such as CLIENT.");
        }
        return new Listener(name, protocol, "127.0.0.1", 0, Map.of());
    }

    /** Anybody may connect, in the clear; to the cluster they are {@code User:ANONYMOUS}. */
    public static Listener plaintext(String name) {
        return of(name, SecurityProtocol.PLAINTEXT);
    }

    /** Clients connect with TLS, and are whoever their certificate says, if it is looked at. */
    public static Listener tls(String name, BrokerTls tls) {
        return of(name, SecurityProtocol.SSL).with(tls.properties());
    }

    /** Clients log in, in the clear, with one of the mechanisms given. */
    public static Listener sasl(String name, BrokerSasl... mechanisms) {
        return of(name, SecurityProtocol.SASL_PLAINTEXT).offering(mechanisms);
    }

    /** Clients connect with TLS and log in with one of the mechanisms given. */
    public static Listener saslOverTls(String name, BrokerTls tls, BrokerSasl... mechanisms) {
        return of(name, SecurityProtocol.SASL_SSL).with(tls.properties()).offering(mechanisms);
    }

    private Listener offering(BrokerSasl... mechanisms) {
        if (mechanisms.length == 0) {
            throw new IllegalArgumentException("Listener " + name + " offers no SASL mechanism. Name one or more.");
        }
        Listener all = with(
                "sasl.enabled.mechanisms",
                Stream.of(mechanisms).map(BrokerSasl::mechanism).collect(Collectors.joining(",")));
        for (BrokerSasl one : mechanisms) {
            all = all.with(one.properties());
        }
        return all;
    }

    /**
     * The host name that brokers tell clients to connect to. It must resolve to 127.0.0.1.
     *
     * @param advertised {@code 127.0.0.1} unless set; {@code localhost} suits Kerberos and certificates without
     *     addresses
     */
    public Listener host(String advertised) {
        return new Listener(name, protocol, advertised, port, properties);
    }

    /**
     * A fixed port instead of a free one.
     *
     * @param first the port of the first broker, the next broker has the next port; 1 to 65535
     */
    public Listener port(int first) {
        if (first < 1 || first > 65_535) {
            throw new IllegalArgumentException(
                    "Port " + first + " of listener " + name + " is not between 1 and 65535.");
        }
        return new Listener(name, protocol, host, first, properties);
    }

    /**
     * A broker property for this listener only, such as {@code ssl.client.auth} or
     * {@code plain.sasl.jaas.config}. Only the broker judges it, when it starts.
     *
     * @param property its name without {@code listener.name…}
     */
    public Listener with(String property, String value) {
        return with(Map.of(property, value));
    }

    private Listener with(Map<String, String> some) {
        Map<String, String> more = new HashMap<>(properties);
        more.putAll(some);
        return new Listener(name, protocol, host, port, more);
    }

    /** The name given to it. */
    public String name() {
        return name;
    }

    /** The {@code security.protocol} that clients need. */
    public SecurityProtocol protocol() {
        return protocol;
    }

    String host() {
        return host;
    }

    /** The first broker's port, 0 for any. */
    int port() {
        return port;
    }

    Map<String, String> properties() {
        return properties;
    }

    /** Name and protocol; never properties, which hold passwords. */
    @Override
    public String toString() {
        return name + " (" + protocol + ")";
    }
}
