package io.bywash.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Starts and stops the nodes of one cluster. Starting and stopping is one at a time; the questions are for any thread. */
final class Nodes implements AutoCloseable {

    /** A closing cluster has nobody to hand leadership to for long; Kafka's own patience is minutes. */
    private static final Duration LAST_HANDOVER = Duration.ofSeconds(5);

    private final ClusterSettings settings;
    private final DataDirectory data;
    private final NodeProperties properties;
    private final Map<Integer, KafkaNode> running = new ConcurrentSkipListMap<>();

    Nodes(ClusterSettings settings, DataDirectory data, NodeProperties properties) {
        this.settings = settings;
        this.data = data;
        this.properties = properties;
    }

    /** All side by side: each waits for a quorum of the others. */
    synchronized void startAll() {
        List<Integer> ids = IntStream.rangeClosed(1, settings.brokers()).boxed().toList();
        startSideBySide(ids);
    }

    synchronized void start(int id) {
        require(id);
        if (running.containsKey(id)) {
            throw new EmbeddedKafkaException("Broker " + id + " is running already. Stop it first.");
        }
        startSideBySide(List.of(id));
    }

    private void startSideBySide(List<Integer> ids) {
        Deadline deadline = Deadline.after(settings.timeout());
        SideBySide.forEach(ids, this::run, deadline);
        deadline.await(this::agree, () -> "The brokers do not know of each other");
    }

    synchronized void stop(int id) {
        require(id);
        KafkaNode node = running.get(id);
        if (node == null) {
            throw new EmbeddedKafkaException("Broker " + id + " is not running. Start it first.");
        }
        node.stopBroker(settings.timeout());
        node.stopController();
        running.remove(id);
    }

    /** Brokers first and controllers after all of them, since a broker that stops wants a controller's leave. */
    @Override
    public synchronized void close() {
        Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
        stopEach(node -> node.stopBroker(LAST_HANDOVER), failures);
        stopEach(KafkaNode::stopController, failures);
        running.clear();
        if (!failures.isEmpty()) {
            EmbeddedKafkaException failure = new EmbeddedKafkaException(
                    "The cluster in " + data + " did not stop cleanly. See the suppressed failures.");
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
    }

    private void stopEach(Consumer<KafkaNode> stop, Queue<RuntimeException> failures) {
        SideBySide.forEach(
                running.values(),
                node -> {
                    try {
                        stop.accept(node);
                    } catch (RuntimeException e) {
                        failures.add(e);
                    }
                },
                Deadline.after(settings.timeout()));
    }

    /** Whether every running node acts on all changes of metadata that any of them knows to be settled. */
    boolean agree() {
        long settled = running.values().stream()
                .mapToLong(KafkaNode::settledMetadata)
                .max()
                .orElse(-1);
        return running.values().stream().allMatch(node -> node.appliedMetadata() >= settled);
    }

    private void require(int id) {
        if (id < 1 || id > settings.brokers()) {
            throw new IllegalArgumentException(
                    "There is no broker " + id + "; this cluster has brokers 1 to " + settings.brokers() + ".");
        }
    }

    private void run(int id) {
        KafkaNode node;
        try {
            node = new KafkaNode(id, properties.of(id, data.ofNode(id)));
        } catch (RuntimeException e) {
            throw refused(id, e);
        }
        running.put(id, node);
        try {
            node.start();
        } catch (Throwable e) {
            node.stopBroker(Duration.ZERO);
            node.stopController();
            running.remove(id);
            throw refused(id, node.fault() == null ? e : node.fault());
        }
    }

    private EmbeddedKafkaException refused(int id, Throwable cause) {
        return new EmbeddedKafkaException(
                "Broker " + id + " in " + data.ofNode(id) + " does not start: " + cause.getMessage()
                        + " See the cause and check the listeners and broker properties given.",
                cause);
    }
}
