package io.bywash.testkit;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/**
 * A SASL mechanism that a listener offers. Immutable. For others, and for settings of Kafka's that have no method here,
 * use {@link Listener#with}.
 */
public final class BrokerSasl {

    private static final Pattern PLAIN_USER = Pattern.compile("[A-Za-z0-9._-]+");

    private final String mechanism;
    private final Map<String, String> properties;

    private BrokerSasl(String mechanism, Map<String, String> properties) {
        this.mechanism = mechanism;
        this.properties = Map.copyOf(properties);
    }

    /**
     * PLAIN.
     *
     * @param users the password of each user; names are made of letters, digits, dots, dashes and underscores
     */
    public static BrokerSasl plain(Map<String, String> users) {
        users.keySet().forEach(BrokerSasl::requirePlainUser);
        String options = users.entrySet().stream()
                .map(user -> " user_" + user.getKey() + "=" + quoted(user.getValue()))
                .collect(Collectors.joining());
        return jaas("PLAIN", PlainLoginModule.class.getName() + " required" + options, Map.of());
    }

    private static void requirePlainUser(String name) {
        if (!PLAIN_USER.matcher(name).matches()) {
            throw new IllegalArgumentException("User name '" + name
                    + "' is not made of letters, digits, dots, dashes and underscores, all that a broker's PLAIN login"
                    + " can name. Use another, or SCRAM.");
        }
    }

    /** SCRAM-SHA-256; its users are those of {@link EmbeddedKafka#addScramUser}. */
    public static BrokerSasl scramSha256() {
        return jaas("SCRAM-SHA-256", ScramLoginModule.class.getName() + " required", Map.of());
    }

    /** SCRAM-SHA-512; its users are those of {@link EmbeddedKafka#addScramUser}. */
    public static BrokerSasl scramSha512() {
        return jaas("SCRAM-SHA-512", ScramLoginModule.class.getName() + " required", Map.of());
    }

    /**
     * OAUTHBEARER with signed tokens. The system property
     * {@code org.apache.kafka.sasl.oauthbearer.allowed.urls} must list {@code keys} before the cluster starts, and the
     * listener must have the property {@code sasl.oauthbearer.expected.issuer}; an expected audience is set with
     * {@code sasl.oauthbearer.expected.audience}.
     *
     * @param keys where the issuer publishes its key set (JWKS)
     */
    public static BrokerSasl oauthBearer(URI keys) {
        return jaas(
                "OAUTHBEARER",
                OAuthBearerLoginModule.class.getName() + " required",
                Map.of(
                        "oauthbearer.sasl.server.callback.handler.class",
                        OAuthBearerValidatorCallbackHandler.class.getName(),
                        "sasl.oauthbearer.jwks.endpoint.url",
                        keys.toString()));
    }

    /**
     * GSSAPI (Kerberos). The system property {@code java.security.krb5.conf} must name the configuration of the realm
     * before the cluster starts.
     *
     * @param principal the broker's, such as {@code kafka/localhost@EXAMPLE.COM}; clients must connect to that host,
     *     see {@link Listener#host}
     * @param keyTab the file with its key
     */
    public static BrokerSasl gssapi(String principal, Path keyTab) {
        int end = principal.indexOf('/');
        if (end < 1) {
            throw new IllegalArgumentException("Principal '" + principal
                    + "' is not one of a service. Write service/host@REALM, as in kafka/localhost@EXAMPLE.COM.");
        }
        String options = " refreshKrb5Config=true useKeyTab=true storeKey=true doNotPrompt=true keyTab="
                + quoted(keyTab.toAbsolutePath().toString()) + " principal=" + quoted(principal);
        return jaas(
                "GSSAPI",
                "com.sun.security.auth.module.Krb5LoginModule required" + options,
                Map.of("sasl.kerberos.service.name", principal.substring(0, end)));
    }

    private static BrokerSasl jaas(String mechanism, String login, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put(mechanism.toLowerCase(Locale.ROOT) + ".sasl.jaas.config", login + ";");
        return new BrokerSasl(mechanism, all);
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    String mechanism() {
        return mechanism;
    }

    Map<String, String> properties() {
        return properties;
    }

    /** The mechanism's name; never its users. */
    @Override
    public String toString() {
        return mechanism;
    }
}
