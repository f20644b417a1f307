package io.bywash.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(OwnAllowLists.class)
class OAuthSettingsTest {
    private static final URI ENDPOINT = URI.create("https://login.example.com/oauth2/token");
    private static final OAuthGrant GRANT = new OAuthGrant.ClientSecret("billing", Secret.of("canary"));

    @TempDir
    Path directory;

    @Test
    void clientCredentialsBecomeProperties() {
        Map<String, Object> properties =
                properties(OAuthBearer.from(ENDPOINT, GRANT).withScope("kafka read"));

        assertEquals("OAUTHBEARER", properties.get("sasl.mechanism"));
        assertEquals(ENDPOINT.toString(), properties.get("sasl.oauthbearer.token.endpoint.url"));
        assertEquals("billing", properties.get("sasl.oauthbearer.client.credentials.client.id"));
        assertEquals(new Password("canary"), properties.get("sasl.oauthbearer.client.credentials.client.secret"));
        assertEquals("kafka read", properties.get("sasl.oauthbearer.scope"));
    }

    @Test
    void endpointJoinsTheAllowListAndNothingLeavesIt() {
        System.setProperty(OwnAllowLists.URLS, "https://other.example.com/token, https://third.example.com/jwks");

        properties(OAuthBearer.from(ENDPOINT, GRANT));
        properties(OAuthBearer.from(ENDPOINT, GRANT));

        assertEquals(
                "https://other.example.com/token,https://third.example.com/jwks," + ENDPOINT,
                System.getProperty(OwnAllowLists.URLS));
        assertEquals(null, System.getProperty(OwnAllowLists.FILES));
    }

    @Test
    void checkLeavesTheAllowListAlone() {
        assertEquals(List.of(), settings(OAuthBearer.from(ENDPOINT, GRANT)).check());

        assertEquals(null, System.getProperty(OwnAllowLists.URLS));
    }

    @Test
    void assertionFileJoinsTheAllowList() throws Exception {
        Path jwt = Files.writeString(directory.resolve("assertion.jwt"), "e30.e30.c2ln\n");

        Map<String, Object> properties =
                properties(OAuthBearer.from(ENDPOINT, new OAuthGrant.JwtBearer(new JwtAssertion.Prepared(jwt))));

        assertEquals(jwt.toString(), properties.get("sasl.oauthbearer.assertion.file"));
        assertEquals(jwt.toString(), System.getProperty(OwnAllowLists.FILES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "e30.e30", "e30.e30.", "a.b.c.d", "not a jwt", "e30.e30.c2ln extra"})
    void fileWithoutJwtIsRefused(String content) throws Exception {
        Path jwt = Files.writeString(directory.resolve("assertion.jwt"), content);
        OAuthGrant grant = new OAuthGrant.ClientAssertion(Optional.empty(), new JwtAssertion.Prepared(jwt));

        assertEquals(
                List.of(
                        new AuthProblem(
                                "sasl.assertion.file",
                                jwt
                                        + " holds no JWT (three Base64URL parts with dots between); have the assertion written again")),
                settings(OAuthBearer.from(ENDPOINT, grant)).check());
    }

    @Test
    void fileKafkaCannotListIsRefused() throws Exception {
        Path jwt = Files.writeString(directory.resolve("a,b.jwt"), "e30.e30.c2ln");
        OAuthGrant grant = new OAuthGrant.JwtBearer(new JwtAssertion.Prepared(jwt));

        assertEquals(
                List.of(new AuthProblem(
                        "sasl.assertion.file",
                        jwt + " has a comma in its path, which separates the files a Kafka client may read; "
                                + "move or rename it")),
                settings(OAuthBearer.from(ENDPOINT, grant)).check());
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://login.example.com/token, has no http(s) scheme or no host",
        "login.example.com/token, has no http(s) scheme or no host",
        "https:///token, has no http(s) scheme or no host",
        "https://user:canary@login.example.com/token, carries a user or a fragment",
        "https://login.example.com/token#x, carries a user or a fragment",
        "'https://login.example.com/a,b', contains a comma"
    })
    void unusableEndpointIsRefused(URI endpoint, String reason) {
        InvalidAuthException refusal =
                assertThrows(InvalidAuthException.class, () -> OAuthBearer.from(endpoint, GRANT));

        assertTrue(refusal.getMessage().startsWith("sasl.token-endpoint: " + reason), refusal.getMessage());
        assertTrue(!refusal.getMessage().contains("canary"), refusal.getMessage());
    }

    @Test
    void extensionsMustBeOnesKafkaCanSend() {
        OAuthBearer oauth = OAuthBearer.from(ENDPOINT, GRANT);

        assertThrows(InvalidAuthException.class, () -> oauth.withExtensions(Map.of("auth", "x")));
        assertThrows(InvalidAuthException.class, () -> oauth.withExtensions(Map.of("logical-cluster", "x")));
        assertThrows(InvalidAuthException.class, () -> oauth.withExtensions(Map.of("logicalCluster", "ü")));
        Password jaas = (Password) properties(oauth.withExtensions(Map.of("logicalCluster", "lkc-1")))
                .get("sasl.jaas.config");
        assertTrue(jaas.value().contains("extension_logicalCluster=\"lkc-1\""), jaas.value());
    }

    @Test
    void absenceOfJacksonIsReportedBeforeAnyLogin() throws Exception {
        URL[] withoutJackson = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.matches(".*(classes|kafka-clients[^/\\\\]*|slf4j-api[^/\\\\]*)"))
                .map(OAuthSettingsTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(withoutJackson, ClassLoader.getPlatformClassLoader())) {
            Object problems = loader.loadClass(Isolated.class.getName())
                    .getMethod("problems")
                    .invoke(null);

            assertEquals(
                    "[sasl.mechanism: OAUTHBEARER needs com.fasterxml.jackson.databind.ObjectMapper, which kafka-clients "
                            + "uses but does not bring; add com.fasterxml.jackson.core:jackson-databind 2.x to the class path]",
                    problems.toString());
        }
    }

    private static URL url(String path) {
        try {
            return new File(path).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    /** Runs in a class loader that knows Kafka but not Jackson. */
    public static final class Isolated {
        private Isolated() {}

        public static List<AuthProblem> problems() {
            return settings(OAuthBearer.from(ENDPOINT, GRANT)).check();
        }
    }

    private static AuthSettings settings(OAuthBearer oauth) {
        return AuthSettings.none().withTls(TlsSettings.trusting(Trust.system())).withSasl(oauth);
    }

    private static Map<String, Object> properties(OAuthBearer oauth) {
        return settings(oauth).clientProperties();
    }
}
