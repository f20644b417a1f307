package io.bywash.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about trust that cannot work, and what Kafka is given where it can. */
class TrustTest {
    private static Issued ca;
    private static Issued expired;

    @TempDir
    Path directory;

    @BeforeAll
    static void issue() throws Exception {
        ca = Issued.authority("Test CA");
        expired = Issued.authority(Issued.Order.of("Old CA").expired());
    }

    @Test
    void pemReachesKafkaWithNothingButCertificates() throws Exception {
        String pem = "\uFEFFsubject=Test CA\r\n" + ca.certificatePem().replace("\n", "\r\n") + ca.keyPem();

        Map<String, Object> fromText = properties(Trust.pem(PemSource.inline(pem)));
        Map<String, Object> fromFile = properties(Trust.pem(PemSource.file(file("ca.pem", pem))));

        assertEquals("PEM", fromText.get("ssl.truststore.type"));
        assertEquals(new Password(ca.certificatePem()), fromText.get("ssl.truststore.certificates"));
        assertEquals(fromText, fromFile);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void typeOfStoreIsReadFromItsContent(String type) throws Exception {
        Path store = ca.trustStore(directory.resolve("trust.bin"), type, "canary");

        Map<String, Object> properties = properties(Trust.store(store, Secret.of("canary")));

        assertEquals(type, properties.get("ssl.truststore.type"));
        assertEquals(store.toString(), properties.get("ssl.truststore.location"));
        assertEquals(new Password("canary"), properties.get("ssl.truststore.password"));
    }

    @Test
    void missingFile() {
        Path file = directory.resolve("ca.pem");

        assertProblem(Trust.pem(PemSource.file(file)), file + " does not exist; create it or correct the path");
        assertProblem(Trust.store(file, Secret.of("canary")), file + " does not exist; create it or correct the path");
    }

    @Test
    void relativePathIsNamedInFull() {
        assertProblem(
                Trust.pem(PemSource.file(Path.of("no-such.pem"))),
                Path.of("no-such.pem").toAbsolutePath() + " does not exist; create it or correct the path");
    }

    @Test
    void directoryInsteadOfFile() {
        assertProblem(Trust.pem(PemSource.file(directory)), directory + " is a directory; name a file inside it");
    }

    @Test
    void fileOfAnotherUser() throws Exception {
        Path file = file("ca.pem", ca.certificatePem());
        assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "this user may read everything");

        assertProblem(
                Trust.pem(PemSource.file(file)),
                file + " may not be read by user '" + System.getProperty("user.name") + "'; change its owner or mode");
    }

    @Test
    void fileThatCannotBeRead() throws Exception {
        Path file = directory.resolve("loop.pem");
        Files.createSymbolicLink(file, file);

        assertProblemStarts(Trust.pem(PemSource.file(file)), file + " cannot be read (");
    }

    @Test
    void fileWithoutPem() throws Exception {
        assertProblem(
                Trust.pem(PemSource.file(file("ca.pem", ""))),
                directory.resolve("ca.pem")
                        + " holds no PEM block (-----BEGIN …-----); check that it is the right file");
        Path binary = Files.write(directory.resolve("ca.der"), ca.certificate().getEncoded());
        assertProblem(
                Trust.pem(PemSource.file(binary)),
                binary + " holds no PEM block (-----BEGIN …-----); "
                        + "it is binary: give a key store as such, or convert it with openssl");
    }

    @Test
    void pemWithoutCertificate() throws Exception {
        Path file = file("ca.pem", ca.keyPem());

        assertProblem(
                Trust.pem(PemSource.file(file)),
                file + " holds no CERTIFICATE block, only PRIVATE KEY; name the certificate file here");
    }

    @Test
    void damagedPem() throws Exception {
        String pem = ca.certificatePem();
        Path cut = file("cut.pem", pem.substring(0, pem.length() / 2));
        Path garbled = file(
                "garbled.pem", pem.replace("MII", "M!I").replace("MIH", "M!H").replace("MIIB", "????"));
        Path shuffled = file("short.pem", Pem.encode("CERTIFICATE", new byte[] {0x30, 0x03, 1, 2, 3}));

        assertProblem(
                Trust.pem(PemSource.file(cut)),
                cut + " has a BEGIN CERTIFICATE line without its END line; "
                        + "the file is cut short or was edited, fetch it again");
        assertProblem(
                Trust.pem(PemSource.file(garbled)),
                garbled + " has a damaged CERTIFICATE block; fetch or export the file again");
        assertProblem(
                Trust.pem(PemSource.file(shuffled)),
                shuffled + " has a damaged CERTIFICATE block; fetch or export the file again");
    }

    @Test
    void allAuthoritiesExpired() throws Exception {
        Path pem = file("ca.pem", expired.certificatePem());
        Path store = expired.trustStore(directory.resolve("ca.p12"), "PKCS12", "canary");

        String reason = ": the certificate of 'CN=Old CA' expired at "
                + expired.certificate().getNotAfter().toInstant()
                + "; fetch the authority's current certificate, or set this machine's clock";
        assertProblem(Trust.pem(PemSource.file(pem)), pem + reason);
        assertProblem(Trust.store(store, Secret.of("canary")), store + reason);
    }

    @Test
    void oneExpiredAuthorityAmongOthersIsLogged() throws Exception {
        Trust trust = Trust.pem(PemSource.inline(expired.certificatePem() + ca.certificatePem()));

        try (CapturedLog log = CapturedLog.of(AuthSettings.class)) {
            properties(trust);

            assertEquals(1, log.warnings().size());
            assertTrue(log.warnings().get(0).startsWith("the inline PEM text: the certificate of 'CN=Old CA' expired"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void wrongStorePassword(String type) throws Exception {
        Path store = ca.trustStore(directory.resolve("trust"), type, "canary");

        assertProblem(
                Trust.store(store, Secret.of("wrong-canary")),
                "the store password does not open " + store + "; correct the password");
    }

    @Test
    void wrongStorePasswordBeyondAscii() throws Exception {
        Path store = ca.trustStore(directory.resolve("trust"), "PKCS12", "canary");

        assertProblem(
                Trust.store(store, Secret.of("cänary")),
                "the store password does not open " + store
                        + " (it is not all ASCII, which the JVM may not take for this cipher); correct the password");
    }

    @Test
    void storeWithoutAuthorities() throws Exception {
        Path store = Issued.write(Issued.emptyStore("PKCS12"), directory.resolve("empty.p12"), "canary");

        assertProblem(
                Trust.store(store, Secret.of("canary")),
                store + " holds no trusted certificate; add one: keytool -importcert -keystore " + store
                        + " -alias ca -file ca.pem");
    }

    @Test
    void encryptedStoreWithoutPassword() throws Exception {
        Path store = ca.trustStore(directory.resolve("trust.p12"), "PKCS12", "canary");

        assertProblemStarts(
                new Trust.Store(store, Optional.empty()),
                store
                        + " holds no trusted certificate that can be read without its password; set the password, or add");
    }

    @Test
    void storeWithoutPasswordWhereItsCertificatesAreNotEncrypted() throws Exception {
        Path store = ca.trustStore(directory.resolve("trust.jks"), "JKS", "canary");

        assertTrue(!properties(new Trust.Store(store, Optional.empty())).containsKey("ssl.truststore.password"));
    }

    @Test
    void fileThatIsNoStore() throws Exception {
        Path pem = file("ca.pem", ca.certificatePem());
        Path text = file("ca.txt", "hello");
        Path damaged = Files.write(directory.resolve("ca.p12"), new byte[] {0x30, 0x03, 1, 2, 3});

        assertProblem(
                Trust.store(pem, Secret.of("canary")),
                pem + " is neither a PKCS12 nor a JKS key store; it is PEM, so give it as PEM");
        assertProblem(
                Trust.store(text, Secret.of("canary")),
                text + " is neither a PKCS12 nor a JKS key store; check that it is the right file");
        assertProblem(
                Trust.store(damaged, Secret.of("canary")),
                damaged + " is a damaged PKCS12 key store, or uses an algorithm this JVM does not know; "
                        + "export it again with keytool");
    }

    @Test
    void jvmWithoutAuthorities() throws Exception {
        KeyStore empty = Issued.emptyStore("PKCS12");
        Path store = Issued.write(empty, directory.resolve("cacerts"), "changeit");
        System.setProperty("javax.net.ssl.trustStore", store.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
        try {
            assertProblemStarts(Trust.system(), "the trust store of this JVM (javax.net.ssl.trustStore, else ");
        } finally {
            System.clearProperty("javax.net.ssl.trustStore");
            System.clearProperty("javax.net.ssl.trustStorePassword");
        }
        assertEquals(List.of(), settings(Trust.system()).check());
    }

    private Path file(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content);
    }

    private static AuthSettings settings(Trust trust) {
        return AuthSettings.none().withTls(TlsSettings.trusting(trust));
    }

    private static Map<String, Object> properties(Trust trust) {
        return settings(trust).clientProperties();
    }

    private static void assertProblem(Trust trust, String message) {
        assertEquals(
                List.of(new AuthProblem("tls.trust", message)), settings(trust).check());
    }

    private static void assertProblemStarts(Trust trust, String start) {
        List<AuthProblem> problems = settings(trust).check();
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).message().startsWith(start), problems.toString());
    }
}
