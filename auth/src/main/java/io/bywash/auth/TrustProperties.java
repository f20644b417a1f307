package io.bywash.auth;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;

/**
 * A {@link Trust}, checked, as the {@code ssl.truststore.*} properties of Kafka. The same names serve connections to brokers
 * and, inside a JAAS entry, to a token endpoint.
 */
final class TrustProperties {
    private TrustProperties() {}

    static Map<String, Object> of(Trust trust, Draft draft) throws UnusableException {
        if (trust instanceof Trust.Pem pem) {
            return ofPem(pem, draft);
        }
        if (trust instanceof Trust.Store store) {
            return ofStore(store, draft);
        }
        requireSystemAuthorities();
        return Map.of();
    }

    private static Map<String, Object> ofPem(Trust.Pem pem, Draft draft) throws UnusableException {
        Content content = Content.of(pem.certificates());
        List<X509Certificate> authorities = Certificates.read(content);
        requireValidOnes(content.origin(), authorities, draft);
        return Map.of(
                SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
                "PEM",
                SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG,
                new Password(Certificates.encode(authorities)));
    }

    private static Map<String, Object> ofStore(Trust.Store trust, Draft draft) throws UnusableException {
        StoreFile store = StoreFile.open(trust.file(), trust.password());
        List<X509Certificate> authorities = store.authorities();
        if (authorities.isEmpty()) {
            throw new UnusableException(store.file() + " holds no trusted certificate"
                    + (trust.password().isEmpty()
                            ? " that can be read without its password; set the password, or "
                            : "; ")
                    + "add one: keytool -importcert -keystore " + store.file() + " -alias ca -file ca.pem");
        }
        requireValidOnes(store.file(), authorities, draft);
        Map<String, Object> properties = new TreeMap<>(Map.of(
                SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, store.type(),
                SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, store.file()));
        trust.password()
                .ifPresent(password ->
                        properties.put(SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, new Password(password.reveal())));
        return properties;
    }

    /** Bundles keep authorities past their end, so an expired one beside valid ones is worth a warning only. */
    private static void requireValidOnes(String origin, List<X509Certificate> authorities, Draft draft)
            throws UnusableException {
        Instant now = Instant.now();
        List<String> reasons = authorities.stream()
                .map(authority -> Certificates.notValid(authority, now))
                .flatMap(Optional::stream)
                .toList();
        if (reasons.size() == authorities.size()) {
            throw new UnusableException(origin + ": " + String.join(", ", reasons)
                    + "; fetch the authority's current certificate, or set this machine's clock");
        }
        reasons.forEach(reason -> draft.warn(origin + ": " + reason + "; brokers that rely on it cannot be trusted"));
    }

    private static void requireSystemAuthorities() throws UnusableException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            boolean any = Arrays.stream(factory.getTrustManagers())
                    .anyMatch(manager ->
                            manager instanceof X509TrustManager x509 && x509.getAcceptedIssuers().length > 0);
            if (any) {
                return;
            }
        } catch (GeneralSecurityException e) {
            // reported below: a store that cannot be opened trusts nobody either
        }
        throw new UnusableException(
                "the trust store of this JVM (javax.net.ssl.trustStore, else lib/security/cacerts in "
                        + System.getProperty("java.home")
                        + ") is missing, empty or unreadable; install the CA certificates of the JVM, or name a trust file");
    }
}
