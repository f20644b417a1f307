package io.bywash.auth;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.testkit.tls.KeyStoreType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS and mutual TLS against a real broker. */
@ExtendWith(SecuredKafkaExtension.class)
class TlsBrokerTest {
    private final SecuredKafka kafka;

    @TempDir
    Path directory;

    TlsBrokerTest(SecuredKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void trustInPemOrStoreConnects() throws Exception {
        Path pem = Files.writeString(directory.resolve("ca.pem"), kafka.ca.certificatePem());

        assertConnects("TLS", kafka.tls());
        assertConnects("TLS", TlsSettings.trusting(Trust.pem(PemSource.file(pem))));
        for (KeyStoreType type : KeyStoreType.values()) {
            Path store = kafka.ca.writeTrustStore(directory.resolve("trust." + type), type, "canary");
            assertConnects("TLS", TlsSettings.trusting(Trust.store(store, Secret.of("canary"))));
        }
    }

    @Test
    void otherAuthorityIsRefused() throws Exception {
        Trust other = Trust.pem(PemSource.inline(Issued.authority("Broker CA").certificatePem()));

        assertRefused("PKIX path", "TLS", TlsSettings.trusting(other));
        assertRefused("PKIX path", "TLS", TlsSettings.trusting(Trust.system()));
    }

    @Test
    void otherHostNameIsRefusedUnlessTheCheckIsOff() throws Exception {
        String bootstrap = kafka.bootstrap("TLS").replace("localhost", "127.0.0.1");

        SslAuthenticationException refusal =
                assertThrows(SslAuthenticationException.class, () -> kafka.connect(settings(kafka.tls()), bootstrap));
        assertTrue(
                refusal.getCause().getMessage().contains("127.0.0.1"),
                refusal.getCause().toString());
        assertDoesNotThrow(() -> kafka.connect(settings(kafka.tls().withHostnameCheck(HostnameCheck.OFF)), bootstrap));
    }

    @Test
    void brokerWithExpiredCertificateIsRefused() throws Exception {
        assertRefused("validity check failed", "EXPIRED", kafka.tls());
    }

    @ParameterizedTest
    @EnumSource
    void eachVersionConnects(TlsVersion version) throws Exception {
        assertConnects("TLS", kafka.tls().withVersions(Set.of(version)));
    }

    @Test
    void noOtherVersionIsOffered() throws Exception {
        assertConnects("TLS12", kafka.tls());
        assertRefused("protocol", "TLS12", kafka.tls().withVersions(Set.of(TlsVersion.TLS_1_3)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void pemIdentityConnects(String algorithm) throws Exception {
        Issued client = kafka.clientCa.issue(Issued.Order.of("billing").algorithm(algorithm));
        PemSource certificates = PemSource.inline(client.chainPem());

        assertConnects("MTLS", tls(Identity.pem(certificates, PemSource.inline(client.keyPem()))));
        assertConnects(
                "MTLS",
                tls(Identity.pem(
                        certificates,
                        PemSource.inline(client.encryptedKeyPem("canary", Issued.AES_256)),
                        Secret.of("canary"))));
    }

    @Test
    void pemIdentityWithIntermediateAuthorityConnects() throws Exception {
        Issued client = kafka.clientCa.issue("Client Sub CA").issue("billing");

        assertConnects(
                "MTLS", tls(Identity.pem(PemSource.inline(client.chainPem()), PemSource.inline(client.keyPem()))));
    }

    @ParameterizedTest
    @CsvSource({"PKCS12, canary", "JKS, canary", "PKCS12, key-canary", "JKS, key-canary"})
    void storedIdentityConnects(String type, String keyPassword) throws Exception {
        Path store = kafka.clientCa
                .issue("billing")
                .keyStore(directory.resolve("client.store"), type, "canary", keyPassword);

        assertConnects("MTLS", tls(Identity.store(store, Secret.of("canary"), Secret.of(keyPassword))));
    }

    @Test
    void noIdentityOrOneOfAnotherAuthorityIsRefused() throws Exception {
        Issued stranger = Issued.authority("Other CA").issue("billing");

        assertThrows(SslAuthenticationException.class, () -> connect("MTLS", kafka.tls()));
        assertThrows(
                SslAuthenticationException.class,
                () -> connect(
                        "MTLS",
                        tls(Identity.pem(PemSource.inline(stranger.chainPem()), PemSource.inline(stranger.keyPem())))));
    }

    private TlsSettings tls(Identity identity) throws Exception {
        return kafka.tls().withIdentity(identity);
    }

    private static AuthSettings settings(TlsSettings tls) {
        return AuthSettings.none().withTls(tls);
    }

    private void connect(String listener, TlsSettings tls) {
        kafka.connect(settings(tls), kafka.bootstrap(listener));
    }

    private void assertConnects(String listener, TlsSettings tls) {
        assertDoesNotThrow(() -> connect(listener, tls));
    }

    private void assertRefused(String reason, String listener, TlsSettings tls) {
        SslAuthenticationException refusal =
                assertThrows(SslAuthenticationException.class, () -> connect(listener, tls));
        assertTrue(
                refusal.getCause().getMessage().contains(reason),
                refusal.getCause().toString());
    }
}
