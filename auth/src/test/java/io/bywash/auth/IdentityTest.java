package io.bywash.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about a client certificate or key that cannot work, and what Kafka is given where it can. */
class IdentityTest {
    private static Issued ca;
    private static Issued client;

    @TempDir
    Path directory;

    @BeforeAll
    static void issue() throws Exception {
        ca = Issued.authority("Test CA");
        client = ca.issue(Issued.Order.of("Test Client").algorithm("RSA"));
    }

    static List<ASN1ObjectIdentifier> ciphers() {
        return List.of(Issued.AES_256, Issued.TRIPLE_DES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "DSA"})
    void pemReachesKafka(String algorithm) throws Exception {
        Issued issued = ca.issue(Issued.Order.of("Test Client").algorithm(algorithm));
        Path combined = file("client.pem", issued.keyPem() + issued.chainPem());

        Map<String, Object> fromFile = properties(pem(combined, combined));

        assertEquals("PEM", fromFile.get("ssl.keystore.type"));
        assertEquals(new Password(issued.chainPem()), fromFile.get("ssl.keystore.certificate.chain"));
        assertEquals(new Password(issued.keyPem()), fromFile.get("ssl.keystore.key"));
        assertEquals(
                fromFile,
                properties(Identity.pem(PemSource.inline(issued.chainPem()), PemSource.inline(issued.keyPem()))));
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void encryptedKeyReachesKafkaDecrypted(ASN1ObjectIdentifier cipher) throws Exception {
        PemSource certificates = PemSource.inline(client.chainPem());
        PemSource key = PemSource.inline(client.encryptedKeyPem("canary", cipher));

        Map<String, Object> properties = properties(Identity.pem(certificates, key, Secret.of("canary")));

        assertEquals(new Password(client.keyPem()), properties.get("ssl.keystore.key"));
        assertFalse(properties.containsKey("ssl.key.password"));
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void wrongKeyPassword(ASN1ObjectIdentifier cipher) throws Exception {
        Path key = file("client.key", client.encryptedKeyPem("canary", cipher));

        assertProblem(
                "tls.key",
                "the key password does not open the key in " + key + "; correct the password, or encrypt the key again",
                Identity.pem(PemSource.inline(client.chainPem()), PemSource.file(key), Secret.of("wrong-canary")));
    }

    @Test
    void keyPasswordMissingOrTooMuch() throws Exception {
        Path encrypted = file("encrypted.key", client.encryptedKeyPem("canary", Issued.AES_256));
        Path plain = file("plain.key", client.keyPem());
        PemSource certificates = PemSource.inline(client.chainPem());

        assertProblem(
                "tls.key",
                encrypted + " holds an encrypted key; set the key password",
                Identity.pem(certificates, PemSource.file(encrypted)));
        assertProblem(
                "tls.key",
                plain + " holds a key that is not encrypted, yet a key password is set; remove the password",
                Identity.pem(certificates, PemSource.file(plain), Secret.of("canary")));
    }

    @Test
    void traditionalKeyFormat() throws Exception {
        Path key = file("client.key", client.traditionalKeyPem());

        assertProblem(
                "tls.key",
                key + " holds a key in the format 'BEGIN RSA PRIVATE KEY', and Kafka reads only PKCS#8 "
                        + "('BEGIN PRIVATE KEY'); convert it: openssl pkcs8 -topk8 -nocrypt -in " + key
                        + " -out client.pkcs8.pem",
                Identity.pem(PemSource.inline(client.chainPem()), PemSource.file(key)));
    }

    @Test
    void keyFormatOfSsh() throws Exception {
        Path key = file("id_rsa", Pem.encode("OPENSSH PRIVATE KEY", new byte[64]));

        assertProblem(
                "tls.key",
                key + " holds a key in the format 'BEGIN OPENSSH PRIVATE KEY', and Kafka reads only PKCS#8 "
                        + "('BEGIN PRIVATE KEY'); convert it: on a copy of the file, ssh-keygen -p -m PKCS8 -f COPY",
                Identity.pem(PemSource.inline(client.chainPem()), PemSource.file(key)));
    }

    @Test
    void keyOfAnAlgorithmKafkaDoesNotRead() throws Exception {
        Issued ed25519 = ca.issue(Issued.Order.of("Test Client").algorithm("Ed25519"));
        Path key = file("client.key", ed25519.keyPem());
        Path damaged = file("damaged.key", Pem.encode("PRIVATE KEY", new byte[64]));

        for (Path file : List.of(key, damaged)) {
            assertProblem(
                    "tls.key",
                    file
                            + " holds a damaged key, or one that is not RSA, EC or DSA, the only ones Kafka reads from PEM; "
                            + "issue an RSA or EC key",
                    Identity.pem(PemSource.inline(ed25519.chainPem()), PemSource.file(file)));
        }
    }

    @Test
    void encryptionThatTheJvmDoesNotKnow() throws Exception {
        Path key = file("client.key", Pem.encode("ENCRYPTED PRIVATE KEY", new byte[64]));

        assertProblem(
                "tls.key",
                key + " holds an encrypted key that is damaged or encrypted in a way this JVM does not know; "
                        + "encrypt it again: openssl pkcs8 -topk8 -v2 aes-256-cbc -in " + key
                        + " -out client.pkcs8.pem",
                Identity.pem(PemSource.inline(client.chainPem()), PemSource.file(key), Secret.of("canary")));
    }

    @Test
    void noKeyOrTwo() throws Exception {
        Path none = file("none.key", client.chainPem());
        Path two = file("two.key", client.keyPem() + client.keyPem());

        assertProblem(
                "tls.key",
                none + " holds 0 private keys where one is needed; name the file with the client's key",
                pem(none, none));
        assertProblem(
                "tls.key",
                two + " holds 2 private keys where one is needed; name the file with the client's key",
                pem(none, two));
    }

    @ParameterizedTest
    @CsvSource({"RSA, RSA", "EC, EC", "RSA, EC", "DSA, DSA"})
    void keyOfAnotherCertificate(String one, String other) throws Exception {
        Issued issued = ca.issue(Issued.Order.of("Test Client").algorithm(one));
        Path certificates = file("client.pem", issued.chainPem());
        Path key = file(
                "other.key", ca.issue(Issued.Order.of("Other").algorithm(other)).keyPem());

        assertProblem(
                "tls.key",
                "the key of " + key + " does not belong to the certificate 'CN=Test Client' in " + certificates
                        + "; name the key that the certificate was issued for",
                pem(certificates, key));
    }

    @Test
    void certificatesInTheWrongOrder() throws Exception {
        Path reversed = file("reversed.pem", ca.certificatePem() + client.certificatePem());
        Path unrelated = file(
                "unrelated.pem",
                client.certificatePem() + Issued.authority("Other CA").certificatePem());
        Path key = file("client.key", client.keyPem());

        assertProblem(
                "tls.key",
                reversed + " holds the client's certificate 'CN=Test Client' behind 'CN=Test CA'; put it first",
                pem(reversed, key));
        assertProblem(
                "tls.key",
                unrelated + " has 'CN=Other CA' behind 'CN=Test Client', which it did not issue; "
                        + "leave only the client's certificate and, in order, its issuers",
                pem(unrelated, key));
    }

    @Test
    void certificateOutsideItsValidity() throws Exception {
        Issued expired = ca.issue(Issued.Order.of("Test Client").expired());
        Issued early = ca.issue(Issued.Order.of("Test Client").notYetValid());
        Path old = file("old.pem", expired.chainPem());
        Path young = file("young.pem", early.chainPem());

        assertProblem(
                "tls.certificate",
                old + ": the certificate of 'CN=Test Client' expired at "
                        + expired.certificate().getNotAfter().toInstant()
                        + "; have it issued again, or set this machine's clock",
                pem(old, file("old.key", expired.keyPem())));
        assertProblem(
                "tls.certificate",
                young + ": the certificate of 'CN=Test Client' is not valid before "
                        + early.certificate().getNotBefore().toInstant()
                        + "; have it issued again, or set this machine's clock",
                pem(young, file("young.key", early.keyPem())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void storeReachesKafka(String type) throws Exception {
        Path store = client.keyStore(directory.resolve("client"), type, "store-canary", "key-canary");

        Map<String, Object> properties =
                properties(Identity.store(store, Secret.of("store-canary"), Secret.of("key-canary")));

        assertEquals(type, properties.get("ssl.keystore.type"));
        assertEquals(store.toString(), properties.get("ssl.keystore.location"));
        assertEquals(new Password("store-canary"), properties.get("ssl.keystore.password"));
        assertEquals(new Password("key-canary"), properties.get("ssl.key.password"));
    }

    @Test
    void keyPasswordOfAStoreIsItsOwnUnlessSet() throws Exception {
        Path store = client.keyStore(directory.resolve("client.p12"), "PKCS12", "canary", "canary");

        assertEquals(
                new Password("canary"),
                properties(Identity.store(store, Secret.of("canary"))).get("ssl.key.password"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void wrongPasswordsOfAStore(String type) throws Exception {
        Path store = client.keyStore(directory.resolve("client"), type, "store-canary", "key-canary");

        assertProblem(
                "tls.key-store",
                "the store password does not open " + store + "; correct the password",
                Identity.store(store, Secret.of("wrong-canary"), Secret.of("key-canary")));
        assertProblem(
                "tls.key-store",
                "the key password does not open the key in " + store
                        + "; set the key's own password where it differs from the store's, or correct it",
                Identity.store(store, Secret.of("store-canary")));
    }

    @Test
    void storeWithoutKey() throws Exception {
        Path store = ca.trustStore(directory.resolve("trust.p12"), "PKCS12", "canary");

        assertProblem(
                "tls.key-store",
                store + " holds no private key; give the client's key store here, not a trust store",
                Identity.store(store, Secret.of("canary")));
    }

    @Test
    void storeWithExpiredCertificateOrForeignKey() throws Exception {
        Issued expired = ca.issue(Issued.Order.of("Test Client").expired());
        Path old = expired.keyStore(directory.resolve("old.p12"), "PKCS12", "canary", "canary");
        Issued mixed = new Issued(ca.issue("Other").keys(), client.chain());
        Path foreign = mixed.keyStore(directory.resolve("mixed.p12"), "PKCS12", "canary", "canary");

        assertProblem(
                "tls.key-store",
                old + " (entry 'client'): the certificate of 'CN=Test Client' expired at "
                        + expired.certificate().getNotAfter().toInstant()
                        + "; have it issued again, or set this machine's clock",
                Identity.store(old, Secret.of("canary")));
        assertProblem(
                "tls.key-store",
                "the key of " + foreign + " (entry 'client') does not belong to the certificate 'CN=Test Client' in "
                        + foreign + " (entry 'client'); name the key that the certificate was issued for",
                Identity.store(foreign, Secret.of("canary")));
    }

    @Test
    void storeMayHoldEdDsaKeys() throws Exception {
        Path store = ca.issue(Issued.Order.of("Test Client").algorithm("Ed25519"))
                .keyStore(directory.resolve("client.p12"), "PKCS12", "canary", "canary");

        assertEquals(
                List.of(), settings(Identity.store(store, Secret.of("canary"))).check());
    }

    @Test
    void missingFilesAreToldTogether() throws Exception {
        Path missing = directory.resolve("missing.pem");

        List<AuthProblem> problems = settings(pem(missing, directory)).check();

        assertEquals(
                List.of(
                        new AuthProblem("tls.certificate", missing + " does not exist; create it or correct the path"),
                        new AuthProblem("tls.key", directory + " is a directory; name a file inside it")),
                problems);
    }

    private Path file(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content);
    }

    private static Identity pem(Path certificates, Path key) {
        return Identity.pem(PemSource.file(certificates), PemSource.file(key));
    }

    private static AuthSettings settings(Identity identity) {
        return AuthSettings.none().withTls(TlsSettings.trusting(Trust.system()).withIdentity(identity));
    }

    private static Map<String, Object> properties(Identity identity) {
        return settings(identity).clientProperties();
    }

    private static void assertProblem(String setting, String message, Identity identity) {
        assertEquals(
                List.of(new AuthProblem(setting, message)), settings(identity).check());
        assertFalse(message.contains("canary"));
    }
}
