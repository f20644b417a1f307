package io.bywash.testkit.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.InputDecryptorProvider;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the JVM itself makes of the certificates. */
class TestCertificateAuthorityTest {

    private final TestCertificateAuthority authority = TestCertificateAuthority.create("Test authority");

    @TempDir
    Path temporary;

    @Test
    void vouchesForWhatItIssuedAndNothingElse() throws Exception {
        X509Certificate certificate = authority.client("alice").certificate();
        certificate.checkValidity();
        certificate.verify(authority.certificate().getPublicKey());

        TestCertificateAuthority namesake = TestCertificateAuthority.create("Test authority");
        assertThrows(
                SignatureException.class,
                () -> certificate.verify(namesake.certificate().getPublicKey()));
    }

    @Test
    void issuesWhatHasExpired() {
        Instant end = Instant.now().minusSeconds(60);
        X509Certificate certificate = authority.validUntil(end).client("alice").certificate();

        assertThrows(CertificateExpiredException.class, certificate::checkValidity);
        assertTrue(certificate.getNotBefore().before(certificate.getNotAfter()));
        assertEquals(end.getEpochSecond(), certificate.getNotAfter().toInstant().getEpochSecond());
    }

    @Test
    void namesTheHostsOfAServer() throws Exception {
        X509Certificate certificate = authority.server("localhost", "127.0.0.1").certificate();

        assertEquals("CN=localhost", certificate.getSubjectX500Principal().getName());
        assertEquals(
                List.of(List.of(2, "localhost"), List.of(7, "127.0.0.1")),
                List.copyOf(certificate.getSubjectAlternativeNames()));
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), certificate.getExtendedKeyUsage());
    }

    @Test
    void refusesAServerWithoutAHost() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, authority::server);

        assertEquals("A server's certificate needs a host, such as localhost.", e.getMessage());
    }

    @Test
    void makesEitherKindOfKey() {
        assertEquals("EC", authority.client("alice").privateKey().getAlgorithm());
        assertEquals("RSA", authority.withRsaKeys().client("alice").privateKey().getAlgorithm());
    }

    @Test
    void writesPem() throws Exception {
        TestIdentity alice = authority.client("alice");

        List<? extends Certificate> chain = List.copyOf(CertificateFactory.getInstance("X.509")
                .generateCertificates(
                        new ByteArrayInputStream(alice.certificatePem().getBytes(StandardCharsets.US_ASCII))));
        assertEquals(List.of(alice.certificate(), authority.certificate()), chain);
        assertTrue(alice.privateKeyPem().startsWith("-----BEGIN PRIVATE KEY-----"));
    }

    @Test
    void writesAKeyThatOnlyItsPasswordOpens() throws Exception {
        TestIdentity alice = authority.client("alice");

        PKCS8EncryptedPrivateKeyInfo encrypted = (PKCS8EncryptedPrivateKeyInfo)
                new PEMParser(new StringReader(alice.privateKeyPem("secret"))).readObject();

        assertArrayEquals(
                alice.privateKey().getEncoded(),
                encrypted.decryptPrivateKeyInfo(decryptor("secret")).getEncoded());
        assertThrows(PKCSException.class, () -> encrypted.decryptPrivateKeyInfo(decryptor("wrong")));
    }

    private static InputDecryptorProvider decryptor(String password) throws Exception {
        return new JceOpenSSLPKCS8DecryptorProviderBuilder()
                .setProvider(new BouncyCastleProvider())
                .build(password.toCharArray());
    }

    @ParameterizedTest
    @EnumSource(KeyStoreType.class)
    void writesKeyAndTrustStores(KeyStoreType type) throws Exception {
        TestIdentity alice = authority.client("alice");

        KeyStore keys = load(alice.writeKeyStore(temporary.resolve("keys"), type, "secret"));
        KeyStore trust = load(authority.writeTrustStore(temporary.resolve("trust"), type, "secret"));

        assertEquals(type.name(), keys.getType());
        String alias = keys.aliases().nextElement();
        assertEquals(alice.privateKey(), keys.getKey(alias, "secret".toCharArray()));
        assertArrayEquals(
                new Certificate[] {alice.certificate(), authority.certificate()}, keys.getCertificateChain(alias));
        assertEquals(
                authority.certificate(), trust.getCertificate(trust.aliases().nextElement()));
    }

    private static KeyStore load(Path file) throws Exception {
        return KeyStore.getInstance(file.toFile(), "secret".toCharArray());
    }

    @Test
    void namesTheFileThatCannotBeWritten() {
        Path file = temporary.resolve("missing").resolve("keys");

        UncheckedIOException e = assertThrows(
                UncheckedIOException.class,
                () -> authority.client("alice").writeKeyStore(file, KeyStoreType.PKCS12, "secret"));

        assertEquals(
                "Key store " + file + " cannot be written. Name a file in a directory that exists.", e.getMessage());
    }

    @Test
    void printsWhoseItIsAndNoKey() {
        assertEquals("CN=alice", authority.client("alice").toString());
        assertEquals("CN=Test authority", authority.toString());
        assertFalse(authority.client("alice").certificatePem().contains("PRIVATE"));
    }
}
