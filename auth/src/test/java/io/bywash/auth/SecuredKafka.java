package io.bywash.auth;

import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.Listener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kerby.kerberos.kerb.KrbException;

/** One broker with a listener for each way to be secure, and the authorities, KDC and token endpoint it relies on. */
final class SecuredKafka implements AutoCloseable {
    static final String USER = "billing";

    /** With a character of each kind that JAAS, SCRAM or OAuth treat specially. */
    static final String PASSWORD = "canary \"q\" 'a' \\ ; , = : + % & ü 密";

    final Issued ca;
    final Issued clientCa;
    final Issued assertionKey;
    final Kdc kdc;
    final TokenEndpoint endpoint;

    private final Path directory;
    private final EmbeddedKafka broker;

    SecuredKafka(Path directory) throws Exception {
        this.directory = directory;
        ca = Issued.authority("Broker CA");
        clientCa = Issued.authority("Client CA");
        assertionKey = Issued.authority(Issued.Order.of("Assertion CA").algorithm("RSA"));
        kdc = Kdc.start(Files.createDirectory(directory.resolve("kdc")));
        endpoint = TokenEndpoint.start(
                ca.issue("localhost"),
                new TokenEndpoint.Client(
                        "billing:eu", PASSWORD, assertionKey.keys().getPublic()));
        System.setProperty(OwnAllowLists.URLS, endpoint.keysUrl().toString());
        Path certificate = pem(ca.issue("localhost"));
        broker = EmbeddedKafka.builder()
                .listener(tls("TLS", certificate))
                .listener(
                        tls("EXPIRED", pem(ca.issue(Issued.Order.of("localhost").expired()))))
                .listener(tls("TLS12", certificate).with("ssl.enabled.protocols", "TLSv1.2"))
                .listener(mutual(tls("MTLS", certificate)))
                .listener(password(secure("SASL", SecurityProtocol.SASL_SSL, certificate)))
                .listener(password(
                        Listener.of("CLEAR", SecurityProtocol.SASL_PLAINTEXT).host("localhost")))
                .listener(oauth(secure("OAUTH", SecurityProtocol.SASL_SSL, certificate)))
                .listener(kerberos(
                        Listener.of("KERBEROS", SecurityProtocol.SASL_PLAINTEXT).host("localhost")))
                .start();
        addScramUser(ScramMechanism.SCRAM_SHA_256);
        addScramUser(ScramMechanism.SCRAM_SHA_512);
    }

    private Path pem(Issued issued) throws Exception {
        Path file = Files.createTempFile(directory, "broker", ".pem");
        return Files.writeString(file, issued.keyPem() + issued.chainPem());
    }

    private static Listener tls(String name, Path certificate) {
        return secure(name, SecurityProtocol.SSL, certificate);
    }

    private static Listener secure(String name, SecurityProtocol protocol, Path certificate) {
        return Listener.of(name, protocol)
                .host("localhost")
                .with("ssl.keystore.type", "PEM")
                .with("ssl.keystore.location", certificate.toString());
    }

    private Listener mutual(Listener listener) throws Exception {
        Path trusted = Files.writeString(directory.resolve("clients.pem"), clientCa.certificatePem());
        return listener.with("ssl.client.auth", "required")
                .with("ssl.truststore.type", "PEM")
                .with("ssl.truststore.location", trusted.toString());
    }

    private static Listener password(Listener listener) {
        String scram = jaas(new JaasEntry(ScramLoginModule.class.getName()));
        return listener.with("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512")
                .with(
                        "plain.sasl.jaas.config",
                        jaas(new JaasEntry(PlainLoginModule.class.getName()).option("user_" + USER, PASSWORD)))
                .with("scram-sha-256.sasl.jaas.config", scram)
                .with("scram-sha-512.sasl.jaas.config", scram);
    }

    private Listener oauth(Listener listener) {
        return listener.with("sasl.enabled.mechanisms", "OAUTHBEARER")
                .with("oauthbearer.sasl.jaas.config", jaas(new JaasEntry(OAuthBearerLoginModule.class.getName())))
                .with(
                        "oauthbearer.sasl.server.callback.handler.class",
                        OAuthBearerValidatorCallbackHandler.class.getName())
                .with("sasl.oauthbearer.jwks.endpoint.url", endpoint.keysUrl().toString())
                .with("sasl.oauthbearer.expected.audience", TokenEndpoint.AUDIENCE)
                .with("sasl.oauthbearer.expected.issuer", TokenEndpoint.ISSUER);
    }

    private Listener kerberos(Listener listener) throws Exception {
        JaasEntry jaas = new JaasEntry("com.sun.security.auth.module.Krb5LoginModule")
                .option("refreshKrb5Config", "true")
                .option("useKeyTab", "true")
                .option("storeKey", "true")
                .option("keyTab", kdc.keytab("kafka/localhost").toString())
                .option("principal", "kafka/localhost@" + Kdc.REALM);
        return listener.with("sasl.enabled.mechanisms", "GSSAPI")
                .with("sasl.kerberos.service.name", "kafka")
                .with("gssapi.sasl.jaas.config", jaas(jaas));
    }

    private static String jaas(JaasEntry entry) {
        return entry.toPassword().value();
    }

    private void addScramUser(ScramMechanism mechanism) throws Exception {
        ScramCredentialInfo info = new ScramCredentialInfo(mechanism, 4096);
        broker.admin()
                .alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(USER, info, PASSWORD)))
                .all()
                .get();
    }

    String bootstrap(String listener) {
        return broker.bootstrapServers(listener);
    }

    /** Trusts the authority of the broker and of the token endpoint. */
    TlsSettings tls() throws Exception {
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
