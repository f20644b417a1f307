package io.bywash.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.testkit.oauth.TokenEndpoint;
import io.bywash.testkit.tls.KeyStoreType;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** OAUTHBEARER against a real broker, with tokens from a real endpoint. */
@ExtendWith(SecuredKafkaExtension.class)
class OAuthBrokerTest {
    private static final OAuthGrant.ClientSecret SECRET =
            new OAuthGrant.ClientSecret("billing:eu", Secret.of(SecuredKafka.PASSWORD));

    private final SecuredKafka kafka;

    @TempDir
    Path directory;

    OAuthBrokerTest(SecuredKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void clientSecret() throws Exception {
        assertConnects(oauth(SECRET).withScope("kafka read&write"));

        assertEquals("client_credentials", kafka.endpoint.lastRequest().get("grant_type"));
        assertEquals("kafka read&write", kafka.endpoint.lastRequest().get("scope"));
    }

    @Test
    void wrongClientSecret() throws Exception {
        OAuthBearer oauth = oauth(new OAuthGrant.ClientSecret("billing:eu", Secret.of("wrong-canary")));

        assertRefused("invalid_client", oauth);
    }

    @Test
    void endpointOfAnotherAuthority() throws Exception {
        assertRefused("PKIX path", oauth(SECRET).withEndpointTrust(Trust.system()));
    }

    @Test
    void endpointTrustFromStore() throws Exception {
        String password = "canary \"q\" \\ ;";
        Path store = kafka.ca.writeTrustStore(directory.resolve("trust \"q\".p12"), KeyStoreType.PKCS12, password);

        assertConnects(oauth(SECRET).withEndpointTrust(Trust.store(store, Secret.of(password))));
    }

    @Test
    void endpointWithoutTlsWhereOptedIn() throws Exception {
        AuthSettings settings = settings(oauth(kafka.endpoint.cleartextUrl(), SECRET));

        assertThrows(InvalidAuthException.class, () -> connect(settings));
        assertDoesNotThrow(() -> connect(settings.withCleartext(CleartextCredentials.ALLOWED)));
    }

    @Test
    void assertionSignedByTheClient() throws Exception {
        Path key = Files.writeString(directory.resolve("client.key"), kafka.assertionKey.keyPem());
        Path template = Files.writeString(directory.resolve("template.json"), "{\"header\":{\"kid\":\"a1\"}}");
        JwtAssertion assertion = signed(key, Optional.empty(), Optional.of(template));

        assertConnects(oauth(new OAuthGrant.JwtBearer(assertion)));

        String jwt = kafka.endpoint.lastRequest().get("assertion");
        List<String> parts = List.of(jwt.split("\\."));
        assertTrue(decoded(parts.get(0)).contains("\"kid\":\"a1\""), decoded(parts.get(0)));
        assertTrue(decoded(parts.get(1)).contains("\"iss\":\"billing:eu\""), decoded(parts.get(1)));
        assertTrue(decoded(parts.get(1)).contains("\"jti\":"), decoded(parts.get(1)));
    }

    @Test
    void assertionSignedWithAnEncryptedKey() throws Exception {
        Path key = Files.writeString(
                directory.resolve("client.key"), kafka.assertionKey.encryptedKeyPem("canary", Issued.TRIPLE_DES));

        assertConnects(
                oauth(new OAuthGrant.JwtBearer(signed(key, Optional.of(Secret.of("canary")), Optional.empty()))));
    }

    @Test
    void assertionInPlaceOfAClientSecret() throws Exception {
        Path key = Files.writeString(directory.resolve("client.key"), kafka.assertionKey.keyPem());
        JwtAssertion assertion = signed(key, Optional.empty(), Optional.empty());

        assertConnects(oauth(new OAuthGrant.ClientAssertion(Optional.of("billing:eu"), assertion)));

        assertEquals("client_credentials", kafka.endpoint.lastRequest().get("grant_type"));
        assertEquals("billing:eu", kafka.endpoint.lastRequest().get("client_id"));
    }

    @Test
    void assertionPreparedBySomebodyElse() throws Exception {
        String jwt = TokenEndpoint.sign(
                "{\"alg\":\"RS256\"}",
                "{\"iss\":\"x\"}",
                kafka.assertionKey.keys().getPrivate());
        Path file = Files.writeString(directory.resolve("assertion.jwt"), jwt + "\n");

        assertConnects(oauth(new OAuthGrant.JwtBearer(new JwtAssertion.Prepared(file))));
        assertConnects(oauth(new OAuthGrant.ClientAssertion(Optional.empty(), new JwtAssertion.Prepared(file))));
    }

    @Test
    void assertionOfAnotherKey() throws Exception {
        Issued other = Issued.authority(Issued.Order.of("Other CA").algorithm("RSA"));
        Path key = Files.writeString(directory.resolve("client.key"), other.keyPem());

        assertRefused(
                "invalid_client", oauth(new OAuthGrant.JwtBearer(signed(key, Optional.empty(), Optional.empty()))));
    }

    private static JwtAssertion signed(Path key, Optional<Secret> password, Optional<Path> template) {
        return new JwtAssertion.Signed(
                JwtAssertion.Algorithm.RS256,
                key,
                password,
                new JwtAssertion.Claims("billing:eu", "billing:eu", "provider"),
                template);
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), UTF_8);
    }

    private OAuthBearer oauth(OAuthGrant grant) throws Exception {
        return oauth(kafka.endpoint.url(), grant);
    }

    private OAuthBearer oauth(URI url, OAuthGrant grant) throws Exception {
        return OAuthBearer.from(url, grant).withEndpointTrust(kafka.tls().trust());
    }

    private AuthSettings settings(OAuthBearer oauth) throws Exception {
        return AuthSettings.none().withTls(kafka.tls()).withSasl(oauth);
    }

    private void connect(AuthSettings settings) {
        kafka.connect(settings, kafka.bootstrap("OAUTH"));
    }

    private void assertConnects(OAuthBearer oauth) throws Exception {
        AuthSettings settings = settings(oauth);
        assertDoesNotThrow(() -> connect(settings));
    }

    private void assertRefused(String reason, OAuthBearer oauth) throws Exception {
        AuthSettings settings = settings(oauth);
        KafkaException refusal = assertThrows(KafkaException.class, () -> connect(settings));
        String messages = SecuredKafka.chain(refusal).toString();
        assertTrue(messages.contains(reason), messages);
        assertFalse(messages.contains("canary"), messages);
    }
}
