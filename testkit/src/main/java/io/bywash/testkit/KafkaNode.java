package io.bywash.testkit;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import kafka.raft.KafkaRaftManager;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ProcessRole;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.fault.FaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node of a cluster: a broker and, if its properties say so, the controller, which keeps running while the broker is
 * stopped. The only class that knows the broker's internals, which are nobody's API and change with every release; so
 * this module goes with exactly one of them.
 *
 * <p>A node that breaks reports it and stops. It never takes the JVM with it, as a broker in production would: Kafka's
 * own hooks for ending the process are replaced, in this JVM, when this class is loaded.
 *
 * <p>Starting and stopping is one at a time; the rest is for any thread.
 */
final class KafkaNode {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaNode.class);

    static {
        Exit.setExitProcedure(KafkaNode::refuseToExit);
        Exit.setHaltProcedure(KafkaNode::refuseToExit);
    }

    private final int id;
    private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
    private final SharedServer shared;
    private final @Nullable ControllerServer controller;
    private volatile @Nullable BrokerServer broker;

    /**
     * Reads the formatted directories; nothing runs yet.
     *
     * @param id the node's id
     * @param properties all its properties, {@code node.id} and {@code process.roles} included
     */
    KafkaNode(int id, Map<String, String> properties) {
        this.id = id;
        KafkaConfig config = new KafkaConfig(properties, false);
        var directories = KafkaRaftServer.initializeLogDirs(config, LOG, "[node " + id + "] ");
        List<String> voters = config.quorumConfig().voters();
        this.shared = new SharedServer(
                config,
                directories._1(),
                Time.SYSTEM,
                new Metrics(),
                CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(voters)),
                List.of(),
                (name, fatal, action) -> faultHandler(name, action),
                ServerSocketFactory.INSTANCE);
        this.controller = config.processRoles().contains(ProcessRole.ControllerRole)
                ? new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2())
                : null;
    }

    /** Prepares {@code directory} for a node that has never run; a prepared one is left as it is. */
    static void format(int id, String clusterId, Path directory, String controllerListener) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setControllerListenerName(controllerListener)
                .setClusterId(clusterId)
                .setNodeId(id)
                .setDirectories(List.of(directory.toString()))
                .setMetadataLogDirectory(directory.toString())
                .setIgnoreFormatted(true)
                .run();
    }

    int id() {
        return id;
    }

    /** Only for the node whose properties ask for a controller. */
    void startController() {
        Objects.requireNonNull(controller).startup();
    }

    /** Returns when the broker serves; there must be a controller by then. */
    void startBroker() {
        BrokerServer starting = new BrokerServer(shared);
        broker = starting;
        try {
            starting.startup();
        } catch (RuntimeException | Error e) {
            stopBroker(Duration.ZERO);
            throw e;
        }
    }

    /** Hands leadership over within {@code handover}, then stops serving; without effect on a stopped broker. */
    void stopBroker(Duration handover) {
        BrokerServer stopping = broker;
        broker = null;
        if (stopping != null) {
            stopping.shutdown(handover);
            stopping.awaitShutdown();
        }
    }

    /** Only for the node that has it, when the broker has been stopped. */
    void stopController() {
        ControllerServer stopping = Objects.requireNonNull(controller);
        stopping.shutdown();
        stopping.awaitShutdown();
    }

    boolean brokerRuns() {
        return broker != null;
    }

    /** What broke first in this node, null if nothing did. */
    @Nullable
    Throwable fault() {
        return fault.get();
    }

    /** The offset up to which this node knows the cluster's metadata to be settled; -1 if it knows nothing. */
    long settledMetadata() {
        KafkaRaftManager<?> raft = shared.raftManager();
        return raft == null ? -1 : raft.client().highWatermark().orElse(0) - 1;
    }

    /** The offset of the last change of metadata that this node acts on; -1 if there is none. */
    long appliedMetadata() {
        var loader = shared.loader();
        return loader == null ? -1 : loader.lastAppliedOffset();
    }

    private FaultHandler faultHandler(String part, Runnable action) {
        return (message, cause) -> {
            String what = "Node " + id + ", " + part + ": " + message;
            LOG.error(what, cause);
            RuntimeException failure = new EmbeddedKafkaException(what, cause);
            fault.compareAndSet(null, failure);
            action.run();
            return failure;
        };
    }

    private static void refuseToExit(int status, String message) {
        String what = "An embedded broker failed and asked to end the JVM with status " + status + ": " + message;
        LOG.error(what);
        throw new EmbeddedKafkaException(what);
    }
}
