package io.bywash.testkit;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.security.plain.PlainLoginModule;

/**
 * The two listeners that every node has beside those for clients: CONTROLLER for the quorum, INTERNAL for brokers among
 * themselves and for the kit's own clients. Both ask for the password of one user who may do everything, so that they
 * need no exemption when access control is on, whatever the listeners for clients are like.
 */
final class InternalListeners {

    static final String CONTROLLER = "CONTROLLER";
    static final String INTERNAL = "INTERNAL";
    static final Set<String> NAMES = Set.of(CONTROLLER, INTERNAL);

    private static final String USER = "bywash-testkit";

    private final String jaas;

    InternalListeners() {
        String password = UUID.randomUUID().toString();
        this.jaas = "%s required username=\"%s\" password=\"%s\" user_%s=\"%s\";"
                .formatted(PlainLoginModule.class.getName(), USER, password, USER, password);
    }

    /** As {@code super.users} names it. */
    String principal() {
        return "User:" + USER;
    }

    /** What a node needs to offer both listeners and to reach those of others. */
    Map<String, String> brokerProperties() {
        return Map.of(
                "inter.broker.listener.name",
                INTERNAL,
                "sasl.mechanism.inter.broker.protocol",
                "PLAIN",
                "controller.listener.names",
                CONTROLLER,
                "sasl.mechanism.controller.protocol",
                "PLAIN",
                "listener.name.internal.sasl.enabled.mechanisms",
                "PLAIN",
                "listener.name.internal.plain.sasl.jaas.config",
                jaas,
                "listener.name.controller.sasl.enabled.mechanisms",
                "PLAIN",
                "listener.name.controller.plain.sasl.jaas.config",
                jaas);
    }

    /** What the kit's own clients need to use INTERNAL. */
    Map<String, Object> clientProperties(String bootstrapServers) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                jaas);
    }
}
