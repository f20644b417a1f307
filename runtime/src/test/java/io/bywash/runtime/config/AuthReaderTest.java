package io.bywash.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.testkit.tls.TestCertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthReaderTest {
    private static final String CONSUMER = "bywash.consumers.x { topics = [a], handler = h }";

    @TempDir
    private Path folder;

    private String trust;

    @BeforeEach
    void writeAuthority() throws IOException {
        TestCertificateAuthority authority = TestCertificateAuthority.create("ca");
        Path file = folder.resolve("ca.pem");
        Files.writeString(file, authority.certificatePem());
        trust = "trust = \"" + file + "\"";
    }

    private static Map<String, Object> properties(String... lines) {
        return Reading.of(lines).consumer().kafka().complete();
    }

    @Test
    void withoutABlockNothingIsSaidAboutSecurity() {
        assertEquals(Map.of(), properties(CONSUMER));
    }

    @Test
    void anEmptyTlsBlockEncryptsWithTheAuthoritiesOfTheJvm() {
        assertEquals("SSL", properties("bywash.auth.tls {}", CONSUMER).get("security.protocol"));
    }

    @ParameterizedTest
    @CsvSource({"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    void mechanismsWithAPassword(String mechanism) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "hush\n");
        Map<String, Object> properties = properties(
                "bywash.auth { tls { " + trust + " }, sasl { mechanism = " + mechanism
                        + ", username = me, password-file = \"" + file + "\" } }",
                CONSUMER);
        assertEquals("SASL_SSL", properties.get("security.protocol"));
        assertEquals(mechanism, properties.get("sasl.mechanism"));
        assertTrue(((Password) properties.get("sasl.jaas.config")).value().contains("hush"));
    }

    @Test
    void clientCredentialsOfOauth() {
        Map<String, Object> properties = properties(
                "bywash.auth { tls { " + trust + " }, sasl { mechanism = OAUTHBEARER",
                "  token-endpoint = \"https://login.example.com/token\", client-id = me, client-secret = hush",
                "  scope = kafka, extensions { cluster = one } } }",
                CONSUMER);
        assertEquals("https://login.example.com/token", properties.get("sasl.oauthbearer.token.endpoint.url"));
        assertEquals("me", properties.get("sasl.oauthbearer.client.credentials.client.id"));
        assertEquals("kafka", properties.get("sasl.oauthbearer.scope"));
    }

    @Test
    void kerberosWithTheTicketCache() {
        Reading reading = Reading.of("bywash.auth.sasl { mechanism = GSSAPI, service-name = broker }", CONSUMER);
        assertTrue(
                reading.errors().stream().allMatch(line -> line.contains("bywash.auth.sasl.ticket-cache")),
                reading.errors()::toString);
    }

    @Test
    void aConsumersMechanismTakesThePlaceOfTheCommonOneAsAWhole() {
        Map<String, Object> properties = properties(
                "bywash.auth { tls { " + trust + " }, sasl { mechanism = OAUTHBEARER, token-endpoint = \"https://l/t\","
                        + " client-id = me, client-secret = hush } }",
                "bywash.consumers.x { topics = [a], handler = h",
                "  auth.sasl { mechanism = PLAIN, username = you, password = quiet } }");
        assertEquals("PLAIN", properties.get("sasl.mechanism"));
        assertEquals("SASL_SSL", properties.get("security.protocol"));
        assertFalse(properties.containsKey("sasl.oauthbearer.token.endpoint.url"));
    }

    @Test
    void aConsumerCanDoWithoutTheCommonOne() {
        String common = "bywash.auth.tls { " + trust + " }";
        assertEquals(Map.of(), properties(common, "bywash.consumers.x { topics = [a], handler = h, auth.tls = null }"));
    }

    @Test
    void everyProblemIsReportedWithItsLine() {
        List<String> errors = Reading.of(
                        "bywash.auth {",
                        "  cleartext-credentials = perhaps",
                        "  tls { versions = [TLSv1.1], trust-stor = x }",
                        "  sasl { mechanism = SCRAM-SHA-512, usrname = me }",
                        "}")
                .errors();
        assertEquals(
                List.of(
                        "app.conf:2: bywash.auth.cleartext-credentials: is \"perhaps\", but must be one of refused, allowed",
                        "app.conf:3: bywash.auth.tls.versions: is \"TLSv1.1\", but must be TLSv1.2 or TLSv1.3",
                        "app.conf:3: bywash.auth.tls.trust-stor: is unknown; did you mean trust-store?",
                        "app.conf:4: bywash.auth.sasl.username: is missing; SCRAM-SHA-512 needs it",
                        "app.conf:4: bywash.auth.sasl.password: is missing; SCRAM-SHA-512 needs it, here or in a file that"
                                + " password-file names",
                        "app.conf:4: bywash.auth.sasl.usrname: is unknown; did you mean username?"),
                errors);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tls { trust = nowhere.pem } | bywash.auth.tls.trust: ",
                "tls { trust-store = nowhere.p12, trust-store-password = hush } | bywash.auth.tls.trust-store: ",
                "tls { certificate = nowhere.pem } | bywash.auth.tls.key: is missing",
                "tls { key-store = nowhere.p12 } | bywash.auth.tls.key-store-password: is missing",
                "sasl { username = x } | bywash.auth.sasl.mechanism: is missing",
                "sasl { mechanism = DIGEST } | bywash.auth.sasl.mechanism: is \"DIGEST\", but must be one of PLAIN",
                "sasl { mechanism = PLAIN, username = a, password = hush } | bywash.auth.sasl.mechanism: PLAIN without TLS",
                "sasl { mechanism = PLAIN, username = a, password = \"\" } | bywash.auth.sasl.password: is empty",
                "sasl { mechanism = PLAIN, username = a, password-file = nowhere } | bywash.auth.sasl.password-file: ",
                "sasl { mechanism = OAUTHBEARER, client-id = a, client-secret = hush } | bywash.auth.sasl.token-endpoint: is missing",
                "sasl { mechanism = OAUTHBEARER, grant = jwt-bearer, token-endpoint = \"https://l\" } | bywash.auth.sasl.assertion: needs"
            })
    void whatCannotWorkIsReportedAtItsSetting(String block, String problem) {
        List<String> errors = Reading.of("bywash.auth { " + block + " }").errors();
        assertTrue(errors.stream().anyMatch(line -> line.contains(problem)), () -> problem + " not in " + errors);
        assertFalse(errors.toString().contains("hush"));
        assertTrue(errors.stream().allMatch(line -> line.startsWith("app.conf:1: ")), errors::toString);
    }

    @Test
    void aKafkaPropertyThatFollowsFromTheBlockIsRefusedBesideIt() {
        assertEquals(
                List.of(
                        "app.conf:2: bywash.kafka.security.protocol: follows from the auth block; remove the one or the other"),
                Reading.of("bywash.auth.tls { " + trust + " }", "bywash.kafka.security.protocol = SSL")
                        .errors());
    }
}
