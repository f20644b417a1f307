package io.bywash.runtime.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Asks Kafka which properties go with which {@code group.protocol}: under one of them brokers decide what clients decide under the
 * other. The answer comes from the client itself, so it is that of the version in use.
 */
final class GroupProtocol {
    private GroupProtocol() {}

    /** Returns why a consumer's property cannot be set under a protocol, if it is the protocol that forbids it. */
    static Optional<String> refusal(String protocol, String name, String value) {
        boolean known =
                ConsumerConfig.configNames().contains(name) && !name.equals(ConsumerConfig.GROUP_PROTOCOL_CONFIG);
        if (!known || KafkaReader.isFromProvider(value) || KafkaReader.isFromProvider(protocol)) {
            return Optional.empty();
        }
        try {
            new Trial(properties(protocol, name, value));
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.ofNullable(e.getMessage())
                    .filter(message -> message.contains(ConsumerConfig.GROUP_PROTOCOL_CONFIG));
        }
    }

    private static Map<String, Object> properties(String protocol, String name, String value) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                protocol,
                ConsumerConfig.GROUP_ID_CONFIG,
                "trial",
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                "localhost:9092",
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class));
        properties.put(name, value);
        return properties;
    }

    /** A configuration that does not log itself. */
    private static final class Trial extends ConsumerConfig {
        Trial(Map<String, Object> properties) {
            super(properties, false);
        }
    }
}
