package io.bywash.testkit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Starts and stops the nodes of one cluster. Its only controller is in node 1 and runs as long as the cluster does, so
 * that any broker may be stopped, even all of them, and a closing cluster waits for no election.
 *
 * <p>Starting and stopping is one at a time; the questions are for any thread.
 */
final class Nodes implements AutoCloseable {

    /** A closing cluster has nobody to hand leadership to for long; Kafka's own patience is minutes. */
    private static final Duration LAST_HANDOVER = Duration.ofSeconds(5);

    private final ClusterSettings settings;
    private final DataDirectory data;
    private final NodeProperties properties;
    private final List<KafkaNode> nodes = new CopyOnWriteArrayList<>();

    Nodes(ClusterSettings settings, DataDirectory data, NodeProperties properties) {
        this.settings = settings;
        this.data = data;
        this.properties = properties;
    }

    synchronized void startAll() {
        for (int id = 1; id <= settings.brokers(); id++) {
            nodes.add(create(id));
        }
        inTime(controller(), node -> starting(node, KafkaNode::startController));
        startBrokers(nodes);
    }

    private KafkaNode create(int id) {
        try {
            return new KafkaNode(id, properties.of(id, data.ofNode(id)));
        } catch (RuntimeException e) {
            throw new EmbeddedKafkaException(
                    "Broker " + id + " cannot be set up: " + e.getMessage()
                            + " Check the listeners, the broker properties and the data directory " + data + ".",
                    e);
        }
    }

    synchronized void start(int id) {
        KafkaNode node = node(id);
        if (node.brokerRuns()) {
            throw new EmbeddedKafkaException("Broker " + id + " is running already. Stop it first.");
        }
        startBrokers(List.of(node));
    }

    private void startBrokers(List<KafkaNode> some) {
        inTime(some, node -> starting(node, KafkaNode::startBroker));
        Deadline.after(settings.timeout()).await(this::agree, () -> "The brokers do not know of each other");
    }

    private void starting(KafkaNode node, Consumer<KafkaNode> start) {
        try {
            start.accept(node);
        } catch (RuntimeException e) {
            throw refused(node, e);
        }
    }

    /** Kafka's own patience has no end in places, so even work on one node has a thread of its own to be left behind. */
    private void inTime(List<KafkaNode> some, Consumer<KafkaNode> work) {
        SideBySide.forEach(some, work, Deadline.after(settings.timeout()));
    }

    private EmbeddedKafkaException refused(KafkaNode node, RuntimeException e) {
        Throwable cause = node.fault() == null ? e : node.fault();
        return new EmbeddedKafkaException(
                "Broker " + node.id() + " does not start: " + cause.getMessage()
                        + " Check the listeners, the broker properties and the data directory " + data + ".",
                cause);
    }

    synchronized void stop(int id) {
        KafkaNode node = node(id);
        if (!node.brokerRuns()) {
            throw new EmbeddedKafkaException("Broker " + id + " is not running. Start it first.");
        }
        inTime(List.of(node), one -> one.stopBroker(settings.timeout()));
    }

    private KafkaNode node(int id) {
        if (id < 1 || id > settings.brokers()) {
            throw new IllegalArgumentException(
                    "There is no broker " + id + "; this cluster has brokers 1 to " + settings.brokers() + ".");
        }
        if (nodes.isEmpty()) {
            throw new EmbeddedKafkaException("The cluster of broker " + id + " is closed. Start another.");
        }
        return nodes.get(id - 1);
    }

    /** Whether every running broker acts on all changes of metadata that the controller has settled. */
    boolean agree() {
        long settled = nodes.get(0).settledMetadata();
        return nodes.stream().filter(KafkaNode::brokerRuns).allMatch(node -> node.appliedMetadata() >= settled);
    }

    /** Stops the brokers and then the controller, whose leave they want. */
    @Override
    public synchronized void close() {
        try {
            inTime(nodes, node -> node.stopBroker(LAST_HANDOVER));
        } finally {
            inTime(controller(), KafkaNode::stopController);
            nodes.clear();
        }
    }

    /** The node that has it; nothing before the start and after the end. */
    private List<KafkaNode> controller() {
        return nodes.stream().limit(1).toList();
    }
}
