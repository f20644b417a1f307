package io.bywash.auth;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * How a Kafka client secures its connections and proves who it is. Immutable; any thread may use it.
 *
 * <p>Whether a connection is encrypted and authenticated follows from what is present: {@code security.protocol} is derived.
 *
 * @param tls encryption; empty for none
 * @param sasl authentication; empty for none, or for the certificate of {@link TlsSettings#identity()}
 * @param cleartext what to do when credentials would cross the network readable
 */
public record AuthSettings(Optional<TlsSettings> tls, Optional<SaslSettings> sasl, CleartextCredentials cleartext) {
    private static final System.Logger LOG = System.getLogger(AuthSettings.class.getName());

    public AuthSettings {
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(sasl, "sasl");
        Objects.requireNonNull(cleartext, "cleartext");
    }

    /** Neither encryption nor authentication. */
    public static AuthSettings none() {
        return new AuthSettings(Optional.empty(), Optional.empty(), CleartextCredentials.REFUSED);
    }

    /** The same, with encryption. */
    public AuthSettings withTls(TlsSettings settings) {
        return new AuthSettings(Optional.of(settings), sasl, cleartext);
    }

    /** The same, with authentication. */
    public AuthSettings withSasl(SaslSettings settings) {
        return new AuthSettings(tls, Optional.of(settings), cleartext);
    }

    /** The same, with this answer to readable credentials. */
    public AuthSettings withCleartext(CleartextCredentials choice) {
        return new AuthSettings(tls, sasl, choice);
    }

    /**
     * Everything that keeps these settings from working, as far as it shows without a connection: reads and checks every
     * file, logs and changes nothing.
     *
     * @return the problems, in the order of the settings; empty if there are none
     */
    public List<AuthProblem> check() {
        return draft().problems();
    }

    /**
     * The client properties, to be merged into those of a consumer, producer or admin client. Secrets are
     * {@link org.apache.kafka.common.config.types.Password}s, which do not print.
     *
     * <p>Reads and checks every file as it is now, logs a warning for each protection that is switched off, and, for
     * OAUTHBEARER, adds the token endpoint and the assertion files to the system properties
     * {@code org.apache.kafka.sasl.oauthbearer.allowed.urls} and {@code …allowed.files}, without which Kafka refuses them.
     *
     * @return an unmodifiable map of strings and passwords
     * @throws InvalidAuthException with every problem that {@link #check()} finds
     */
    public Map<String, Object> clientProperties() {
        Draft draft = draft();
        draft.throwIfInvalid();
        draft.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
        AllowList.URLS.add(draft.urls());
        AllowList.FILES.add(draft.files());
        return draft.properties();
    }

    private Draft draft() {
        Draft draft = new Draft();
        draft.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol().name);
        tls.ifPresent(settings -> TlsProperties.add(settings, draft));
        sasl.ifPresent(settings -> SaslProperties.add(settings, draft));
        Exposure.of(this).forEach(exposure -> exposure.judge(cleartext, draft));
        return draft;
    }

    private SecurityProtocol protocol() {
        if (sasl.isPresent()) {
            return tls.isPresent() ? SecurityProtocol.SASL_SSL : SecurityProtocol.SASL_PLAINTEXT;
        }
        return tls.isPresent() ? SecurityProtocol.SSL : SecurityProtocol.PLAINTEXT;
    }
}
