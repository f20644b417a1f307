package io.bywash.chaos.cluster;

import io.bywash.testkit.Ports;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Where a node listens, all on 127.0.0.1.
 *
 * @param id its id, from 1
 * @param internal the port for brokers among themselves
 * @param controller the port of the quorum
 * @param client the port for clients
 * @param behindProxy the port that the proxy connects to
 * @param proxy the port of the proxy, which the node tells clients that come through the proxy
 */
record NodeLayout(int id, int internal, int controller, int client, int behindProxy, int proxy) {
    static final String CONTROLLER = "CONTROLLER";
    private static final String LOOPBACK = "127.0.0.1";

    static NodeLayout of(int id) {
        return new NodeLayout(id, Ports.next(), Ports.next(), Ports.next(), Ports.next(), Ports.next());
    }

    String clientAddress() {
        return LOOPBACK + ":" + client;
    }

    String proxyAddress() {
        return LOOPBACK + ":" + proxy;
    }

    /** All properties of this node in a cluster of nodes. */
    Properties properties(List<NodeLayout> all, Path directory) {
        Properties properties = new Properties();
        properties.putAll(listeners(all));
        properties.putAll(replication(Math.min(3, all.size())));
        properties.putAll(pace());
        properties.putAll(footprint());
        properties.putAll(access());
        properties.setProperty("log.dirs", directory.toString());
        return properties;
    }

    private Map<String, String> listeners(List<NodeLayout> all) {
        String forBrokers = "INTERNAL://127.0.0.1:%d,CLIENT://127.0.0.1:%d".formatted(internal, client);
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(id),
                "controller.listener.names",
                CONTROLLER,
                "inter.broker.listener.name",
                "INTERNAL",
                "listeners",
                forBrokers + ",CONTROLLER://127.0.0.1:%d,PROXIED://127.0.0.1:%d".formatted(controller, behindProxy),
                "advertised.listeners",
                forBrokers + ",PROXIED://127.0.0.1:" + proxy,
                "listener.security.protocol.map",
                "INTERNAL:PLAINTEXT,CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT",
                "controller.quorum.voters",
                all.stream()
                        .map(node -> node.id + "@127.0.0.1:" + node.controller)
                        .collect(Collectors.joining(",")));
    }

    private static Map<String, String> replication(int replicas) {
        String all = Integer.toString(replicas);
        String inSync = Integer.toString(Math.min(2, replicas));
        return Map.of(
                "default.replication.factor", all,
                "min.insync.replicas", inSync,
                "offsets.topic.replication.factor", all,
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.replication.factor", all,
                "transaction.state.log.min.isr", inSync,
                "transaction.state.log.num.partitions", "1",
                "share.coordinator.state.topic.replication.factor", all,
                "share.coordinator.state.topic.min.isr", inSync,
                "share.coordinator.state.topic.num.partitions", "1");
    }

    /** Groups form at once, short sessions are allowed, and a dead broker is noticed within seconds. */
    private static Map<String, String> pace() {
        return Map.of(
                "group.initial.rebalance.delay.ms", "0",
                "group.min.session.timeout.ms", "1000",
                "group.consumer.min.session.timeout.ms", "1000",
                "group.consumer.min.heartbeat.interval.ms", "100",
                "group.consumer.heartbeat.interval.ms", "1000",
                "group.consumer.assignment.interval.ms", "0",
                "broker.heartbeat.interval.ms", "500",
                "broker.session.timeout.ms", "6000",
                "auto.create.topics.enable", "false",
                "unclean.leader.election.enable", "false");
    }

    private static Map<String, String> footprint() {
        return Map.of(
                "log.cleaner.threads", "1",
                "log.cleaner.dedupe.buffer.size", "2097152",
                "log.cleaner.backoff.ms", "500",
                "num.network.threads", "1",
                "num.io.threads", "2",
                "background.threads", "2",
                "group.coordinator.threads", "1",
                "share.coordinator.threads", "1",
                "metric.reporters", "");
    }

    /** Clients may do everything until they are denied something. */
    private static Map<String, String> access() {
        return Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "principal.builder.class",
                ListenerPrincipals.class.getName(),
                "super.users",
                "User:INTERNAL;User:CONTROLLER",
                "allow.everyone.if.no.acl.found",
                "true");
    }
}
