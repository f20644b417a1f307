package io.bywash.testkit;

import io.bywash.testkit.tls.TestCertificateAuthority;
import io.bywash.testkit.tls.TestIdentity;
import java.util.HashMap;
import java.util.Map;

/**
 * How a listener does TLS. Immutable. For certificates from elsewhere use {@link Listener#of} and Kafka's own
 * {@code ssl.…} properties.
 */
public final class BrokerTls {

    private final Map<String, String> properties;

    private BrokerTls(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
    }

    /** Shows the same certificate at every broker and asks clients for none. */
    public static BrokerTls of(TestIdentity server) {
        return new BrokerTls(Map.of(
                "ssl.client.auth",
                "none",
                "ssl.keystore.type",
                "PEM",
                "ssl.keystore.certificate.chain",
                server.certificatePem(),
                "ssl.keystore.key",
                server.privateKeyPem()));
    }

    /** Looks at the certificate of a client that has one; others are {@code User:ANONYMOUS}. */
    public BrokerTls clientsMayShow(TestCertificateAuthority trusted) {
        return clients("requested", trusted);
    }

    /** Refuses clients without a certificate of this authority. */
    public BrokerTls clientsMustShow(TestCertificateAuthority trusted) {
        return clients("required", trusted);
    }

    private BrokerTls clients(String clientAuth, TestCertificateAuthority trusted) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("ssl.client.auth", clientAuth);
        all.put("ssl.truststore.type", "PEM");
        all.put("ssl.truststore.certificates", trusted.certificatePem());
        return new BrokerTls(all);
    }

    Map<String, String> properties() {
        return properties;
    }
}
