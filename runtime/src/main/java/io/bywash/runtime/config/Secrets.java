package io.bywash.runtime.config;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Knows which values must never be shown. */
public final class Secrets {
    private static final String STARS = "***";
    private static final Pattern SECRET_NAME = Pattern.compile(
            "password|passphrase|secret|jaas|api[.-]?key|user[.-]?info|(?<!cleartext-)credentials?$|(^|[.-])token$");
    /** Anybody may call a consumer what they like. */
    private static final Pattern CONSUMER = Pattern.compile("^bywash\\.consumers\\.(\"[^\"]*\"|[^.\"]+)");

    private static final Pattern USER_IN_URL = Pattern.compile("//[^/@\\s]+@");
    private static final Set<String> KAFKA_PASSWORDS = Stream.of(
                    ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef())
            .map(ConfigDef::configKeys)
            .flatMap(keys -> keys.entrySet().stream())
            .filter(key -> key.getValue().type == ConfigDef.Type.PASSWORD)
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet());

    private Secrets() {}

    /**
     * Tells whether the value of a setting is secret.
     *
     * @param path the name of a Kafka property or the path of a setting
     * @return true if it must not be shown
     */
    public static boolean isSecret(String path) {
        String withoutName = CONSUMER.matcher(path).replaceFirst("consumer");
        return SECRET_NAME.matcher(withoutName.toLowerCase(Locale.ROOT)).find()
                || KAFKA_PASSWORDS.stream().anyMatch(name -> path.equals(name) || path.endsWith("." + name));
    }

    /**
     * Hides what must not be shown.
     *
     * @param path the name of a Kafka property or the path of a setting
     * @param text its value
     * @return {@code ***} for a secret and for keys and certificates given in full, otherwise the value without the user part of
     *     URLs
     */
    public static String redact(String path, String text) {
        if (isSecret(path) || text.contains("-----BEGIN")) {
            return STARS;
        }
        return USER_IN_URL.matcher(text).replaceAll("//" + STARS + "@");
    }
}
