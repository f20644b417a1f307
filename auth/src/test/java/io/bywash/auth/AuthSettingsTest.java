package io.bywash.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuthSettingsTest {
    private static final TlsSettings TLS = TlsSettings.trusting(Trust.system());
    private static final Plain PLAIN = new Plain("billing", Secret.of("canary"));
    private static final Scram SCRAM = new Scram(Scram.Hash.SHA_512, "billing", Secret.of("canary"));

    @Test
    void securityProtocolFollowsFromWhatIsPresent() {
        assertEquals(
                Map.of("security.protocol", "PLAINTEXT"), AuthSettings.none().clientProperties());
        assertEquals("SSL", protocol(AuthSettings.none().withTls(TLS)));
        assertEquals("SASL_PLAINTEXT", protocol(AuthSettings.none().withSasl(SCRAM)));
        assertEquals("SASL_SSL", protocol(AuthSettings.none().withTls(TLS).withSasl(SCRAM)));
    }

    private static Object protocol(AuthSettings settings) {
        return settings.clientProperties().get("security.protocol");
    }

    @Test
    void plainWithoutTlsIsRefused() {
        AuthSettings settings = AuthSettings.none().withSasl(PLAIN);

        InvalidAuthException refusal = assertThrows(InvalidAuthException.class, settings::clientProperties);

        assertEquals(
                "sasl.mechanism: PLAIN without TLS sends the password readable to anyone on the way to the brokers; "
                        + "use TLS, or allow cleartext credentials on a network that may see them",
                refusal.getMessage());
        assertEquals(settings.check(), refusal.problems());
    }

    @Test
    void plainWithoutTlsWorksWhereOptedInAndIsLogged() {
        AuthSettings settings = AuthSettings.none().withSasl(PLAIN).withCleartext(CleartextCredentials.ALLOWED);

        try (CapturedLog log = CapturedLog.of(AuthSettings.class)) {
            assertEquals("SASL_PLAINTEXT", protocol(settings));
            assertEquals(
                    List.of("PLAIN without TLS sends the password readable to anyone on the way to the brokers"),
                    log.warnings());
        }
    }

    @Test
    void oauthWithoutTlsIsRefusedTowardsBrokerAndEndpoint() {
        OAuthBearer oauth = OAuthBearer.from(
                URI.create("http://login.example.com/token"), new OAuthGrant.ClientSecret("id", Secret.of("canary")));

        List<AuthProblem> problems = AuthSettings.none().withSasl(oauth).check();

        assertEquals(
                List.of("sasl.mechanism", "sasl.token-endpoint"),
                problems.stream().map(AuthProblem::setting).toList());
    }

    @Test
    void allProblemsAreReportedTogether() {
        AuthSettings settings = AuthSettings.none()
                .withTls(TlsSettings.trusting(Trust.pem(PemSource.inline("nothing")))
                        .withIdentity(Identity.pem(PemSource.inline("no"), PemSource.inline("no"))));

        InvalidAuthException refusal = assertThrows(InvalidAuthException.class, settings::clientProperties);

        assertEquals(3, refusal.problems().size());
        assertTrue(refusal.getMessage().startsWith("3 problems with the TLS and SASL settings:\n  tls.trust: "));
        assertTrue(refusal.getMessage().contains("\n  tls.certificate: "));
        assertTrue(refusal.getMessage().contains("\n  tls.key: "));
    }

    @Test
    void hostnameCheckIsOnUnlessSwitchedOffWhichIsLogged() {
        try (CapturedLog log = CapturedLog.of(AuthSettings.class)) {
            assertEquals("https", hostnameCheck(TLS));
            assertEquals(List.of(), log.warnings());

            assertEquals("", hostnameCheck(TLS.withHostnameCheck(HostnameCheck.OFF)));
            assertEquals(1, log.warnings().size());
            assertTrue(log.warnings().get(0).startsWith("The hostname check is off: "));
        }
    }

    private static Object hostnameCheck(TlsSettings tls) {
        return AuthSettings.none().withTls(tls).clientProperties().get("ssl.endpoint.identification.algorithm");
    }

    @Test
    void offersTheChosenVersionsOnly() {
        assertEquals(
                "TLSv1.2,TLSv1.3", versions(EnumSet.allOf(TlsVersion.class)).get("ssl.enabled.protocols"));
        assertEquals("TLSv1.3", versions(EnumSet.allOf(TlsVersion.class)).get("ssl.protocol"));
        assertEquals("TLSv1.2", versions(Set.of(TlsVersion.TLS_1_2)).get("ssl.enabled.protocols"));
        assertEquals("TLSv1.2", versions(Set.of(TlsVersion.TLS_1_2)).get("ssl.protocol"));
        InvalidAuthException refusal = assertThrows(InvalidAuthException.class, () -> TLS.withVersions(Set.of()));
        assertEquals("tls.versions: is empty; allow TLSv1.2, TLSv1.3 or, better, both", refusal.getMessage());
    }

    private static Map<String, Object> versions(Set<TlsVersion> versions) {
        return AuthSettings.none().withTls(TLS.withVersions(versions)).clientProperties();
    }

    @ParameterizedTest
    @EnumSource
    void scramNamesItsHash(Scram.Hash hash) {
        Map<String, Object> properties = AuthSettings.none()
                .withSasl(new Scram(hash, "billing", Secret.of("canary")))
                .clientProperties();

        assertEquals(hash.name().replace("SHA_", "SCRAM-SHA-"), properties.get("sasl.mechanism"));
    }

    @Test
    void propertiesDoNotPrintSecretsAndAreWhatKafkaExpects() {
        Map<String, Object> properties =
                AuthSettings.none().withTls(TLS).withSasl(SCRAM).clientProperties();

        assertFalse(properties.toString().contains("canary"), properties.toString());
        assertThrows(UnsupportedOperationException.class, () -> properties.put("a", "b"));
        AbstractConfig config =
                new AbstractConfig(new ConfigDef().withClientSslSupport().withClientSaslSupport(), properties);
        assertTrue(config.getPassword("sasl.jaas.config").value().contains("canary"));
        assertTrue(config.originals().keySet().stream().allMatch(ConsumerConfig.configNames()::contains));
    }

    @Test
    void emptyValuesAreRefusedAtOnce() {
        assertRefused(
                "sasl.username: is empty; set it, or check the variable it comes from",
                () -> new Plain(" ", Secret.of("x")));
        assertRefused(
                "sasl.password: is empty; set it, or check the variable or file it comes from",
                () -> new Scram(Scram.Hash.SHA_256, "billing", Secret.of("")));
        assertRefused(
                "sasl.password: contains a NUL character, which PLAIN cannot carry; use SCRAM, or another value",
                () -> new Plain("billing", Secret.of("a\0b")));
        assertRefused(
                "sasl.client-secret: starts or ends with white space, which Kafka cuts off; remove it, or have another secret issued",
                () -> new OAuthGrant.ClientSecret("id", Secret.of(" canary")));
    }

    private static void assertRefused(String message, Runnable construction) {
        assertEquals(
                message,
                assertThrows(InvalidAuthException.class, construction::run).getMessage());
    }
}
