package io.bywash.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Puts together the properties of each node. Immutable. */
final class NodeProperties {

    /** What a caller may not set, because the cluster would not hold together. */
    static final Set<String> OWNED = Set.of(
            "process.roles",
            "node.id",
            "broker.id",
            "controller.quorum.voters",
            "controller.quorum.bootstrap.servers",
            "controller.listener.names",
            "listeners",
            "advertised.listeners",
            "listener.security.protocol.map",
            "inter.broker.listener.name",
            "security.inter.broker.protocol",
            "sasl.mechanism.inter.broker.protocol",
            "sasl.mechanism.controller.protocol",
            "authorizer.class.name",
            "super.users",
            "log.dir",
            "log.dirs",
            "metadata.log.dir");

    private final ClusterSettings settings;
    private final Addresses addresses;
    private final InternalListeners internal;

    NodeProperties(ClusterSettings settings, Addresses addresses, InternalListeners internal) {
        this.settings = settings;
        this.addresses = addresses;
        this.internal = internal;
    }

    /** All properties of {@code node}, whose data lies in {@code directory}. */
    Map<String, String> of(int node, Path directory) {
        Map<String, String> all = BrokerProperties.small(settings.brokers());
        all.put("server.max.startup.time.ms", Long.toString(settings.timeout().toMillis()));
        all.putAll(settings.properties());
        settings.listeners()
                .forEach(listener ->
                        listener.properties().forEach((name, value) -> all.put(prefix(listener) + name, value)));
        all.putAll(internal.brokerProperties());
        all.putAll(authorization());
        all.put("process.roles", node == Addresses.CONTROLLER_NODE ? "broker,controller" : "broker");
        all.put("node.id", Integer.toString(node));
        all.put("controller.quorum.voters", addresses.voters());
        all.put("listeners", addresses.bound(node));
        all.put("advertised.listeners", addresses.advertised(node));
        all.put("listener.security.protocol.map", protocols());
        all.put("log.dirs", directory.toString());
        return all;
    }

    private Map<String, String> authorization() {
        return settings.superUsers()
                .map(users -> {
                    List<String> all = new ArrayList<>(users);
                    all.add(internal.principal());
                    return Map.of(
                            "authorizer.class.name",
                            "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                            "super.users",
                            String.join(";", all));
                })
                .orElse(Map.of());
    }

    private String protocols() {
        List<String> all = new ArrayList<>();
        InternalListeners.NAMES.forEach(name -> all.add(name + ":SASL_PLAINTEXT"));
        settings.listeners().forEach(listener -> all.add(listener.name() + ":" + listener.protocol()));
        return String.join(",", all);
    }

    private static String prefix(Listener listener) {
        return "listener.name." + listener.name().toLowerCase(Locale.ROOT) + ".";
    }
}
