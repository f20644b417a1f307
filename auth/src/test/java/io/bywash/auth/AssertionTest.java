package io.bywash.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is said about the key of an assertion that Kafka could not use, and what Kafka is given where it can. */
@ExtendWith(OwnAllowLists.class)
class AssertionTest {
    private static final JwtAssertion.Claims CLAIMS = new JwtAssertion.Claims("billing", "billing-job", "provider");

    private static Issued rsa;
    private static Issued ec;

    @TempDir
    Path directory;

    @BeforeAll
    static void issue() throws Exception {
        rsa = Issued.authority(Issued.Order.of("Test CA").algorithm("RSA"));
        ec = Issued.authority("Test CA");
    }

    @Test
    void signedAssertionBecomesProperties() throws Exception {
        Path key = file("client.key", ec.encryptedKeyPem("canary", Issued.TRIPLE_DES));
        Path template = file("template.json", "{\"header\":{\"kid\":\"k1\"}}");

        Map<String, Object> properties = settings(new JwtAssertion.Signed(
                        JwtAssertion.Algorithm.ES256,
                        key,
                        Optional.of(Secret.of("canary")),
                        CLAIMS,
                        Optional.of(template)))
                .clientProperties();

        assertEquals("ES256", properties.get("sasl.oauthbearer.assertion.algorithm"));
        assertEquals(key.toString(), properties.get("sasl.oauthbearer.assertion.private.key.file"));
        assertEquals(new Password("canary"), properties.get("sasl.oauthbearer.assertion.private.key.passphrase"));
        assertEquals(template.toString(), properties.get("sasl.oauthbearer.assertion.template.file"));
        assertEquals("billing", properties.get("sasl.oauthbearer.assertion.claim.iss"));
        assertEquals("billing-job", properties.get("sasl.oauthbearer.assertion.claim.sub"));
        assertEquals("provider", properties.get("sasl.oauthbearer.assertion.claim.aud"));
        assertEquals(key + "," + template, System.getProperty(OwnAllowLists.FILES));
        assertFalse(properties.toString().contains("canary"));
    }

    @Test
    void keyMustSuitTheAlgorithm() throws Exception {
        Path key = file("client.key", ec.keyPem());

        assertProblem(
                key + " holds a key of type EC, and RS256 signs with one of type RSA; change the algorithm or the key",
                signed(JwtAssertion.Algorithm.RS256, key));
    }

    @Test
    void keyMustBeAloneInItsFile() throws Exception {
        for (String content : List.of(rsa.certificatePem() + rsa.keyPem(), "subject=x\n" + rsa.keyPem())) {
            Path key = file("client.key", content);

            assertProblem(
                    key + " holds more than the key, and Kafka reads a file with nothing else; "
                            + "copy the lines from BEGIN to END into a file of their own",
                    signed(JwtAssertion.Algorithm.RS256, key));
        }
    }

    @Test
    void encryptionMustBeOneKafkaReads() throws Exception {
        Path key = file("client.key", rsa.encryptedKeyPem("canary", Issued.AES_256));
        JwtAssertion.Signed signed = new JwtAssertion.Signed(
                JwtAssertion.Algorithm.RS256, key, Optional.of(Secret.of("canary")), CLAIMS, Optional.empty());

        if (Runtime.version().feature() >= 19) {
            assertEquals(List.of(), settings(signed).check());
        } else {
            assertProblem(
                    key
                            + " is encrypted by PBES2, which Kafka reads only on JDK 19 or later; use such a JDK, or encrypt it "
                            + "again: openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES -in " + key + " -out assertion.pkcs8.pem",
                    signed);
        }
    }

    @Test
    void missingKeyAndTemplateAreToldTogether() {
        Path key = directory.resolve("client.key");
        Path template = directory.resolve("template.json");
        JwtAssertion.Signed signed = new JwtAssertion.Signed(
                JwtAssertion.Algorithm.RS256, key, Optional.empty(), CLAIMS, Optional.of(template));

        assertEquals(
                List.of(
                        new AuthProblem("sasl.assertion.key", key + " does not exist; create it or correct the path"),
                        new AuthProblem(
                                "sasl.assertion.template",
                                template + " does not exist; create it or correct the path")),
                settings(signed).check());
    }

    private Path file(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content);
    }

    private static JwtAssertion signed(JwtAssertion.Algorithm algorithm, Path key) {
        return new JwtAssertion.Signed(algorithm, key, Optional.empty(), CLAIMS, Optional.empty());
    }

    private static AuthSettings settings(JwtAssertion assertion) {
        OAuthBearer oauth =
                OAuthBearer.from(URI.create("https://login.example.com/token"), new OAuthGrant.JwtBearer(assertion));
        return AuthSettings.none().withTls(TlsSettings.trusting(Trust.system())).withSasl(oauth);
    }

    private static void assertProblem(String message, JwtAssertion assertion) {
        assertEquals(
                List.of(new AuthProblem("sasl.assertion.key", message)),
                settings(assertion).check());
    }
}
