package io.bywash.auth;

import io.bywash.testkit.BrokerSasl;
import io.bywash.testkit.BrokerTls;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.EmbeddedKafkaBuilder;
import io.bywash.testkit.Listener;
import io.bywash.testkit.oauth.TokenEndpoint;
import io.bywash.testkit.tls.TestCertificateAuthority;
import io.bywash.testkit.tls.TestIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kerby.kerberos.kerb.KrbException;

/** One broker with a listener for each way to be secure, and the authorities, KDC and token endpoint it relies on. */
final class SecuredKafka implements AutoCloseable {
    static final String USER = "billing";

    /** With a character of each kind that JAAS, SCRAM or OAuth treat specially. */
    static final String PASSWORD = "canary \"q\" 'a' \\ ; , = : + % & ü 密";

    final TestCertificateAuthority ca = TestCertificateAuthority.create("Broker CA");
    final Issued clientCa = Issued.authority("Client CA");
    final Issued assertionKey = Issued.authority(Issued.Order.of("Assertion CA").algorithm("RSA"));
    final Kdc kdc;
    final TokenEndpoint endpoint;

    private final EmbeddedKafka broker;

    SecuredKafka(Path directory) throws Exception {
        kdc = Kdc.start(directory);
        TestIdentity server = ca.server("localhost");
        endpoint = TokenEndpoint.start(
                server,
                new TokenEndpoint.Client(
                        "billing:eu", PASSWORD, assertionKey.keys().getPublic()));
        System.setProperty(OwnAllowLists.URLS, endpoint.keysUrl().toString());
        BrokerTls tls = BrokerTls.of(server);
        BrokerTls expired =
                BrokerTls.of(ca.validUntil(Instant.now().minusSeconds(60)).server("localhost"));
        BrokerSasl[] passwords = {
            BrokerSasl.plain(Map.of(USER, PASSWORD)), BrokerSasl.scramSha256(), BrokerSasl.scramSha512()
        };
        broker = Stream.of(
                        Listener.tls("TLS", tls),
                        Listener.tls("TLS12", tls).with("ssl.enabled.protocols", "TLSv1.2"),
                        Listener.tls("EXPIRED", expired),
                        mutual(Listener.tls("MTLS", tls)),
                        Listener.saslOverTls("SASL", tls, passwords),
                        Listener.sasl("CLEAR", passwords),
                        oauth(tls),
                        kerberos())
                .map(listener -> listener.host("localhost"))
                .reduce(EmbeddedKafka.builder(), EmbeddedKafkaBuilder::listener, (one, other) -> other)
                .start();
        broker.addScramUser(USER, PASSWORD);
    }

    private Listener mutual(Listener listener) throws Exception {
        return listener.with("ssl.client.auth", "required")
                .with("ssl.truststore.type", "PEM")
                .with("ssl.truststore.certificates", clientCa.certificatePem());
    }

    private Listener oauth(BrokerTls tls) {
        return Listener.saslOverTls("OAUTH", tls, BrokerSasl.oauthBearer(endpoint.keysUrl()))
                .with("sasl.oauthbearer.expected.audience", TokenEndpoint.AUDIENCE)
                .with("sasl.oauthbearer.expected.issuer", TokenEndpoint.ISSUER);
    }

    /** Logs the broker in with a fresh look at krb5.conf, which the JVM may have read before there was one. */
    private Listener kerberos() throws Exception {
        JaasEntry jaas = new JaasEntry("com.sun.security.auth.module.Krb5LoginModule")
                .option("refreshKrb5Config", "true")
                .option("useKeyTab", "true")
                .option("storeKey", "true")
                .option("keyTab", kdc.keytab("kafka/localhost").toString())
                .option("principal", "kafka/localhost@" + Kdc.REALM);
        return Listener.of("KERBEROS", SecurityProtocol.SASL_PLAINTEXT)
                .with("sasl.enabled.mechanisms", "GSSAPI")
                .with("sasl.kerberos.service.name", "kafka")
                .with("gssapi.sasl.jaas.config", jaas.toPassword().value());
    }

    String bootstrap(String listener) {
        return broker.bootstrapServers(listener);
    }

    /** Trusts the authority of the broker and of the token endpoint. */
    TlsSettings tls() {
        return TlsSettings.trusting(Trust.pem(PemSource.inline(ca.certificatePem())));
    }

    /** Connects, or throws what a consumer would. */
    void connect(AuthSettings settings, String bootstrap) {
        Map<String, Object> properties = new HashMap<>(settings.clientProperties());
        properties.put("bootstrap.servers", bootstrap);
        // how long Kafka goes on trying a token endpoint that does not answer
        properties.put("sasl.login.retry.backoff.max.ms", 1000L);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.listTopics(Duration.ofSeconds(60));
        }
    }

    /** What was thrown, with all its causes, outermost first. */
    static List<Throwable> chain(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).toList();
    }

    @Override
    public void close() throws KrbException {
        broker.close();
        endpoint.close();
        kdc.close();
    }
}
