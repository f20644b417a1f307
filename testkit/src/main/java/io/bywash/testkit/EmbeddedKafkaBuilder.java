package io.bywash.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes an {@link EmbeddedKafka}. One thread at a time; {@link #start} may be called more than once and starts a
 * cluster of its own each time.
 */
public final class EmbeddedKafkaBuilder {

    private static final int MOST_BROKERS = 9;
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

    private int brokers = 1;
    private final List<Listener> listeners = new ArrayList<>();
    private final Map<String, String> properties = new HashMap<>();
    private @Nullable Set<String> superUsers;
    private @Nullable Path dataDirectory;
    private Duration timeout = Duration.ofSeconds(60);

    EmbeddedKafkaBuilder() {}

    /**
     * How many brokers.
     *
     * @param count 1 to 9; three survive the loss of any one
     */
    public EmbeddedKafkaBuilder brokers(int count) {
        if (count < 1 || count > MOST_BROKERS) {
            throw new IllegalArgumentException(count + " brokers are not between 1 and " + MOST_BROKERS + ".");
        }
        this.brokers = count;
        return this;
    }

    /**
     * Adds a listener for clients. Without any there is {@code CLIENT}, in the clear, for anybody.
     *
     * @throws IllegalArgumentException if one of that name was added before
     */
    public EmbeddedKafkaBuilder listener(Listener listener) {
        if (listeners.stream().anyMatch(one -> one.name().equals(listener.name()))) {
            throw new IllegalArgumentException(
                    "There are two listeners named " + listener.name() + ". Give each a name of its own.");
        }
        listeners.add(listener);
        return this;
    }

    /**
     * A property of every broker, over the kit's own choice.
     *
     * @throws IllegalArgumentException for a property that the kit must set itself, such as {@code listeners}
     */
    public EmbeddedKafkaBuilder property(String name, String value) {
        if (NodeProperties.OWNED.contains(name)) {
            throw new IllegalArgumentException("Broker property " + name
                    + " is set by the cluster itself. Use the builder's methods for brokers, listeners, access control"
                    + " and the data directory.");
        }
        properties.put(name, value);
        return this;
    }

    /**
     * Turns access control on: clients may do only what {@link EmbeddedKafka#addAcls} grants.
     *
     * @param users who may do everything, as principals, such as {@code User:admin} or {@code User:CN=admin}
     */
    public EmbeddedKafkaBuilder accessControl(String... users) {
        for (String user : users) {
            if (!user.matches("[^:;]+:[^;]+")) {
                throw new IllegalArgumentException("Super user '" + user
                        + "' is not a principal. Write its type first, as in User:admin, and no semicolon.");
            }
        }
        this.superUsers = Set.of(users);
        return this;
    }

    /**
     * Keeps the data in a directory, created if absent, instead of a temporary one. What an earlier cluster of as many
     * brokers left there is there again; two clusters cannot use it at once.
     */
    public EmbeddedKafkaBuilder dataDirectory(Path directory) {
        this.dataDirectory = directory;
        return this;
    }

    /**
     * How long any call may take, the start included.
     *
     * @param limit one second to one day; 60 s unless set
     */
    public EmbeddedKafkaBuilder timeout(Duration limit) {
        if (limit.compareTo(SHORTEST_TIMEOUT) < 0 || limit.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("Timeout " + limit + " is not between one second and one day.");
        }
        this.timeout = limit;
        return this;
    }

    /**
     * Starts all brokers, which takes about two seconds, and waits until they serve.
     *
     * @throws EmbeddedKafkaException if one does not start; nothing is left behind then
     */
    public EmbeddedKafka start() {
        return EmbeddedKafka.start(new ClusterSettings(
                brokers,
                listeners.isEmpty() ? List.of(Listener.plaintext("CLIENT")) : List.copyOf(listeners),
                Map.copyOf(properties),
                Optional.ofNullable(superUsers),
                Optional.ofNullable(dataDirectory),
                timeout));
    }
}
