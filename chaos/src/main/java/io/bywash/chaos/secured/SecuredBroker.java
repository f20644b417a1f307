package io.bywash.chaos.secured;

import io.bywash.testkit.BrokerSasl;
import io.bywash.testkit.BrokerTls;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.EmbeddedKafkaBuilder;
import io.bywash.testkit.Listener;
import io.bywash.testkit.oauth.TokenEndpoint;
import io.bywash.testkit.tls.TestCertificateAuthority;
import io.bywash.testkit.tls.TestIdentity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * One broker in this JVM with a door for each way to be let in or refused, and the authority and the token endpoint that it relies on.
 * The door {@code CLIENT} is for the trial itself. One thread at a time.
 */
public final class SecuredBroker implements AutoCloseable {
    /** Who logs in with a password; {@link #TOKEN_USER} has a token, and {@code CN=billing} a certificate. */
    public static final String USER = "billing";

    /** Whose tokens they are. */
    public static final String TOKEN_USER = "billing-eu";

    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

    /** How long a log-in lasts before the broker asks again. */
    private static final String LOG_IN_MILLIS = "3000";

    private final TestCertificateAuthority authority = TestCertificateAuthority.create("Authority 0");
    private final TokenEndpoint tokens;
    private final EmbeddedKafka kafka;

    private SecuredBroker(Secrets secrets) throws IOException, GeneralSecurityException {
        TestIdentity server = authority.server("localhost");
        tokens = TokenEndpoint.start(
                server,
                new TokenEndpoint.Client(
                        TOKEN_USER,
                        secrets.clientSecret(),
                        KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic()));
        // The broker asks for keys under the names that this JVM allows.
        System.setProperty(ALLOWED_URLS, tokens.keysUrl().toString());
        BrokerTls tls = BrokerTls.of(server);
        try {
            kafka = doors(tls)
                    .map(listener -> listener.host("localhost"))
                    .reduce(
                            EmbeddedKafka.builder().accessControl("User:ANONYMOUS"),
                            EmbeddedKafkaBuilder::listener,
                            (one, other) -> other)
                    .start();
        } catch (RuntimeException e) {
            tokens.close();
            throw e;
        }
        kafka.addScramUser(USER, secrets.password());
    }

    private Stream<Listener> doors(BrokerTls tls) {
        BrokerTls expired = BrokerTls.of(
                authority.validUntil(Instant.now().minusSeconds(60)).server("localhost"));
        return Stream.of(
                Listener.plaintext("CLIENT"),
                Listener.tls("MUTUAL", tls.clientsMustShow(authority)),
                Listener.saslOverTls("PASSWORD", tls, BrokerSasl.scramSha512())
                        .with("scram-sha-512.connections.max.reauth.ms", LOG_IN_MILLIS),
                Listener.saslOverTls("TOKEN", tls, BrokerSasl.oauthBearer(tokens.keysUrl()))
                        .with("oauthbearer.connections.max.reauth.ms", LOG_IN_MILLIS)
                        .with("sasl.oauthbearer.expected.audience", TokenEndpoint.AUDIENCE)
                        .with("sasl.oauthbearer.expected.issuer", TokenEndpoint.ISSUER),
                Listener.tls("EXPIRED", expired),
                Listener.tls("ELSEWHERE", BrokerTls.of(authority.server("elsewhere.test"))));
    }

    /**
     * Starts it.
     *
     * @param secrets what its users know
     * @return the broker
     * @throws IOException if there is no port for the token endpoint
     * @throws GeneralSecurityException if this JVM cannot do TLS or RSA
     */
    public static SecuredBroker start(Secrets secrets) throws IOException, GeneralSecurityException {
        return new SecuredBroker(secrets);
    }

    /**
     * Returns who vouches for the broker and its clients at first.
     *
     * @return the authority
     */
    public TestCertificateAuthority authority() {
        return authority;
    }

    /**
     * Returns where tokens come from.
     *
     * @return the endpoint
     */
    public TokenEndpoint tokens() {
        return tokens;
    }

    /**
     * Returns the broker itself, whose methods act as one who may do everything.
     *
     * @return the broker
     */
    public EmbeddedKafka kafka() {
        return kafka;
    }

    @Override
    public void close() {
        kafka.close();
        tokens.close();
    }
}
