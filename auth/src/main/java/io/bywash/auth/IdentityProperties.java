package io.bywash.auth;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;

/** An {@link Identity}, checked, as the {@code ssl.keystore.*} properties of Kafka. */
final class IdentityProperties {
    private IdentityProperties() {}

    static void add(Identity identity, Draft draft) {
        if (identity instanceof Identity.Pem pem) {
            addPem(pem, draft);
        } else {
            draft.attempt("tls.key-store", () -> ofStore((Identity.Store) identity))
                    .ifPresent(draft::putAll);
        }
    }

    private static void addPem(Identity.Pem pem, Draft draft) {
        Optional<List<X509Certificate>> chain = draft.attempt("tls.certificate", () -> chain(pem.certificates()));
        Optional<PrivateKey> key =
                draft.attempt("tls.key", () -> PrivateKeys.read(Content.of(pem.key()), pem.keyPassword()));
        if (chain.isPresent() && key.isPresent()) {
            draft.attempt("tls.key", () -> ofPem(pem, chain.get(), key.get())).ifPresent(draft::putAll);
        }
    }

    private static List<X509Certificate> chain(PemSource source) throws UnusableException {
        List<X509Certificate> chain = Certificates.read(Content.of(source));
        requireValid(Content.origin(source), chain);
        return chain;
    }

    /** The key goes on decrypted: before JDK 19 Kafka cannot decrypt the keys that openssl 3 writes. */
    private static Map<String, Object> ofPem(Identity.Pem pem, List<X509Certificate> chain, PrivateKey key)
            throws UnusableException {
        String certificates = Content.origin(pem.certificates());
        requirePair("the key of " + Content.origin(pem.key()), key, certificates, chain);
        requireOrder(certificates, chain);
        return Map.of(
                SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM",
                SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, new Password(Certificates.encode(chain)),
                SslConfigs.SSL_KEYSTORE_KEY_CONFIG, new Password(PrivateKeys.encode(key)));
    }

    private static Map<String, Object> ofStore(Identity.Store identity) throws UnusableException {
        StoreFile store = StoreFile.open(identity.file(), Optional.of(identity.password()));
        Secret keyPassword = identity.keyPassword().orElse(identity.password());
        for (StoreFile.KeyEntry entry : store.keyEntries(keyPassword)) {
            String origin = store.file() + " (entry '" + entry.alias() + "')";
            requireValid(origin, entry.chain());
            requirePair("the key of " + origin, entry.key(), origin, entry.chain());
        }
        return Map.of(
                SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
                store.type(),
                SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
                store.file(),
                SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
                new Password(identity.password().reveal()),
                SslConfigs.SSL_KEY_PASSWORD_CONFIG,
                new Password(keyPassword.reveal()));
    }

    private static void requireValid(String origin, List<X509Certificate> chain) throws UnusableException {
        Instant now = Instant.now();
        for (X509Certificate certificate : chain) {
            Optional<String> reason = Certificates.notValid(certificate, now);
            if (reason.isPresent()) {
                throw new UnusableException(
                        origin + ": " + reason.get() + "; have it issued again, or set this machine's clock");
            }
        }
    }

    private static void requirePair(
            String keyName, PrivateKey key, String certificatesOrigin, List<X509Certificate> chain)
            throws UnusableException {
        X509Certificate first = chain.get(0);
        if (PrivateKeys.match(key, first.getPublicKey())) {
            return;
        }
        for (X509Certificate other : chain) {
            if (PrivateKeys.match(key, other.getPublicKey())) {
                throw new UnusableException(certificatesOrigin + " holds the client's certificate "
                        + Certificates.name(other) + " behind " + Certificates.name(first) + "; put it first");
            }
        }
        throw new UnusableException(keyName + " does not belong to the certificate " + Certificates.name(first) + " in "
                + certificatesOrigin + "; name the key that the certificate was issued for");
    }

    private static void requireOrder(String origin, List<X509Certificate> chain) throws UnusableException {
        for (int i = 1; i < chain.size(); i++) {
            X509Certificate issued = chain.get(i - 1);
            X509Certificate issuer = chain.get(i);
            if (!issued.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
                throw new UnusableException(origin + " has " + Certificates.name(issuer) + " behind "
                        + Certificates.name(issued)
                        + ", which it did not issue; leave only the client's certificate and, "
                        + "in order, its issuers");
            }
        }
    }
}
