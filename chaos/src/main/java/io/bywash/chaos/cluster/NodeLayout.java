package io.bywash.chaos.cluster;

import io.bywash.testkit.BrokerProperties;
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
        properties.putAll(BrokerProperties.small(all.size()));
        properties.putAll(listeners(all));
        properties.putAll(replication(Math.min(3, all.size())));
        properties.putAll(pace());
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
        return Map.of(
                "default.replication.factor",
                Integer.toString(replicas),
                "min.insync.replicas",
                Integer.toString(Math.min(2, replicas)),
                "unclean.leader.election.enable",
                "false");
    }

    /** Processes on a machine that is busy: a dead broker is noticed within seconds, and one that lives is not given up. */
    private static Map<String, String> pace() {
        return Map.of(
                "group.consumer.heartbeat.interval.ms", "1000",
                "broker.heartbeat.interval.ms", "500",
                "broker.session.timeout.ms", "6000",
                "log.cleaner.backoff.ms", "500");
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
