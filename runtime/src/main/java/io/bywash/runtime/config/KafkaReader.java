package io.bywash.runtime.config;

import com.typesafe.config.ConfigList;
import io.bywash.auth.AuthSettings;
import io.bywash.core.settings.KafkaProperties;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/**
 * Reads {@code kafka} blocks. Names no client knows pass with a warning, since they may belong to a plug-in; what the engine must
 * own is refused.
 */
final class KafkaReader {
    private static final List<ConfigDef> CLIENTS =
            List.of(ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef());
    private static final Set<String> KNOWN = known();

    private static final Set<String> BY_AUTH = Set.of(
            CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
            SaslConfigs.SASL_MECHANISM,
            SaslConfigs.SASL_JAAS_CONFIG,
            SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG,
            SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG,
            SslConfigs.SSL_KEY_PASSWORD_CONFIG,
            SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
            SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
            SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
            SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
            SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG,
            SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG);

    private final Problems problems;

    KafkaReader(Problems problems) {
        this.problems = problems;
    }

    /** Reads a block and checks each property by itself. */
    Map<String, Setting> read(Section section) {
        Map<String, Setting> accepted = new TreeMap<>();
        section.leaves().forEach((name, setting) -> {
            if (isAccepted(name, setting)) {
                accepted.put(name, setting);
            }
        });
        return accepted;
    }

    private boolean isAccepted(String name, Setting setting) {
        String reason = KafkaProperties.OWNED.get(name);
        if (reason != null) {
            problems.error(setting.problem("cannot be set: " + reason));
            return false;
        }
        if (!KNOWN.contains(name)) {
            problems.warn(
                    setting.problem("is no property of a Kafka consumer, producer or admin client, and is passed on to"
                            + " plug-ins only"
                            + Nearest.to(name, KNOWN)
                                    .map(known -> "; did you mean " + known + "?")
                                    .orElse("")));
            return true;
        }
        if (name.equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
            Optional<Problem> wrong = BootstrapServers.problem(setting);
            wrong.ifPresent(problems::error);
            return wrong.isEmpty();
        }
        Optional<String> refused = refusal(name, setting.text());
        refused.ifPresent(message -> problems.error(setting.problem("is refused by Kafka: " + message)));
        return refused.isEmpty();
    }

    private static Optional<String> refusal(String name, String value) {
        if (isFromProvider(value)) {
            return Optional.empty();
        }
        return CLIENTS.stream()
                .filter(client -> client.configKeys().containsKey(name))
                .flatMap(client -> client.validate(Map.of(name, value)).stream())
                .filter(checked -> checked.name().equals(name))
                .flatMap(checked -> checked.errorMessages().stream())
                .findFirst()
                .map(message -> Secrets.isSecret(name) ? "the value has a wrong form" : Secrets.redact(name, message));
    }

    /** Tells whether one of Kafka's config.providers puts the value in when the client is made. */
    static boolean isFromProvider(String value) {
        return value.contains("${");
    }

    /** Checks what concerns several properties of the same clients. */
    void checkTogether(Map<String, Setting> merged, Optional<AuthSettings> auth) {
        String protocol = Optional.ofNullable(merged.get(ConsumerConfig.GROUP_PROTOCOL_CONFIG))
                .map(Setting::text)
                .orElse(ConsumerConfig.DEFAULT_GROUP_PROTOCOL);
        merged.forEach((name, setting) -> GroupProtocol.refusal(protocol, name, setting.text())
                .ifPresent(
                        message -> problems.error(setting.problem("is refused by Kafka: " + message + "; remove it"))));
        if (auth.isPresent()) {
            refuse(merged, BY_AUTH, "follows from the auth block; remove the one or the other");
        }
    }

    private void refuse(Map<String, Setting> merged, Set<String> names, String reason) {
        merged.forEach((name, setting) -> {
            if (names.contains(name)) {
                problems.error(setting.problem(reason));
            }
        });
    }

    static Map<String, Object> values(Map<String, Setting> settings) {
        Map<String, Object> values = new HashMap<>();
        settings.forEach((name, setting) -> values.put(name, value(setting)));
        return values;
    }

    private static Object value(Setting setting) {
        if (setting.value() instanceof ConfigList list) {
            return list.stream().map(item -> String.valueOf(item.unwrapped())).toList();
        }
        return setting.text();
    }

    private static Set<String> known() {
        Set<String> names = new TreeSet<>();
        CLIENTS.forEach(client -> names.addAll(client.names()));
        return names;
    }
}
