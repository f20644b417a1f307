package io.bywash.testkit.tls;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * An authority of one's own that issues certificates for tests. What it issues with defaults is valid from yesterday for
 * a year.
 *
 * <pre>{@code
 * TestCertificateAuthority authority = TestCertificateAuthority.create("Test authority");
 * TestIdentity broker = authority.server("localhost", "127.0.0.1");
 * TestIdentity stale = authority.validUntil(Instant.now().minusSeconds(60)).client("alice");
 * }</pre>
 *
 * <p>Immutable; any thread.
 */
public final class TestCertificateAuthority {

    private static final String ALIAS = "authority";
    private static final Duration YEAR = Duration.ofDays(365);

    private final CertificateIssuer issuer;
    private final KeyKind kind;
    private final Instant until;

    private TestCertificateAuthority(CertificateIssuer issuer, KeyKind kind, Instant until) {
        this.issuer = issuer;
        this.kind = kind;
        this.until = until;
    }

    /**
     * A new authority with a key of its own; two of the same name do not vouch for each other's certificates.
     *
     * @param name its common name
     */
    public static TestCertificateAuthority create(String name) {
        return new TestCertificateAuthority(
                CertificateIssuer.selfSigned(name), KeyKind.EC, Instant.now().plus(YEAR));
    }

    /** The same authority, issuing certificates that end then. A day in the past makes expired ones. */
    public TestCertificateAuthority validUntil(Instant end) {
        return new TestCertificateAuthority(issuer, kind, end);
    }

    /** The same authority, issuing certificates for RSA keys of 2048 bits instead of EC keys of 256. */
    public TestCertificateAuthority withRsaKeys() {
        return new TestCertificateAuthority(issuer, KeyKind.RSA, until);
    }

    /**
     * A certificate for a server.
     *
     * @param hosts the names and IPv4 addresses that clients may know it by, the first also as common name; one that
     *     is not the server's makes clients refuse it
     */
    public TestIdentity server(String... hosts) {
        if (hosts.length == 0) {
            throw new IllegalArgumentException("A server's certificate needs a host, such as localhost.");
        }
        return issue(hosts[0], KeyPurposeId.id_kp_serverAuth, List.of(hosts));
    }

    /**
     * A certificate for a client. Kafka calls its owner {@code User:CN=} and the name.
     *
     * @param name the common name
     */
    public TestIdentity client(String name) {
        return issue(name, KeyPurposeId.id_kp_clientAuth, List.of());
    }

    private TestIdentity issue(String name, KeyPurposeId purpose, List<String> hosts) {
        KeyPair keys = kind.newPair();
        X509Certificate certificate = issuer.issue(name, keys.getPublic(), purpose, hosts, until);
        return new TestIdentity(List.of(certificate, issuer.certificate()), keys.getPrivate());
    }

    /** The authority's own certificate. */
    public X509Certificate certificate() {
        return issuer.certificate();
    }

    /** The authority's own certificate as PEM, for those who are to trust it. */
    public String certificatePem() {
        return Pem.of(List.of(certificate()));
    }

    /**
     * Writes the authority's own certificate into a new trust store.
     *
     * @param file where; replaced if it exists
     * @param password of the store
     * @return {@code file}
     */
    public Path writeTrustStore(Path file, KeyStoreType type, String password) {
        return KeyStoreFile.write(file, type, password, store -> store.setCertificateEntry(ALIAS, certificate()));
    }

    /** The authority's name. */
    @Override
    public String toString() {
        return certificate().getSubjectX500Principal().getName();
    }
}
