package io.bywash.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import io.bywash.testkit.tls.TestCertificateAuthority;
import io.bywash.testkit.tls.TestIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in lets the right clients in and no others, and those who are in may do what was granted. */
class SecurityTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String PASSWORD = "a \"b\\c; d";

    private static final TestCertificateAuthority AUTHORITY = TestCertificateAuthority.create("Test authority");
    private static final TestCertificateAuthority STRANGER = TestCertificateAuthority.create("Test authority");
    private static final BrokerTls TLS = BrokerTls.of(AUTHORITY.server("localhost", "127.0.0.1"));

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.perClass(EmbeddedKafka.builder()
            .brokers(2)
            .accessControl("User:admin", "User:CN=admin")
            .listener(Listener.plaintext("OPEN"))
            .listener(Listener.tls("TLS", TLS))
            .listener(Listener.tls("MUTUAL", TLS.clientsMustShow(AUTHORITY)))
            .listener(Listener.tls("MAYBE", TLS.clientsMayShow(AUTHORITY)))
            .listener(Listener.tls("ELSEWHERE", BrokerTls.of(AUTHORITY.server("elsewhere.example"))))
            .listener(Listener.tls("EXPIRED", BrokerTls.of(expired().server("localhost", "127.0.0.1"))))
            .listener(Listener.sasl("PASSWORDS", BrokerSasl.plain(Map.of("admin", PASSWORD)), BrokerSasl.scramSha256()))
            .listener(Listener.saslOverTls(
                    "STRONG", TLS, BrokerSasl.plain(Map.of("admin", PASSWORD)), BrokerSasl.scramSha512())));

    private final EmbeddedKafka kafka = KAFKA.cluster();
    private final String topic = kafka.createUniqueTopic("orders", 1);

    @BeforeEach
    void oneRecord() {
        kafka.produce(topic, "key", "value");
    }

    private static TestCertificateAuthority expired() {
        return AUTHORITY.validUntil(Instant.now().minusSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPEN", "TLS", "MAYBE"})
    void knowsNobodyOnAListenerThatAsksForNothing(String listener) {
        Map<String, Object> client = listener.equals("OPEN") ? plaintext() : tls();
        assertThrows(TopicAuthorizationException.class, () -> read(listener, client));

        kafka.addAcls(mayRead("ANONYMOUS", topic));

        assertEquals("value", read(listener, client));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MUTUAL", "MAYBE"})
    void knowsAClientByItsCertificate(String listener) {
        TestIdentity bob = AUTHORITY.withRsaKeys().client("bob");
        assertThrows(TopicAuthorizationException.class, () -> read(listener, mutual(bob)));

        kafka.addAcls(mayRead("CN=bob", topic));

        assertEquals("value", read(listener, mutual(bob)));
        assertEquals("value", read(listener, mutual(AUTHORITY.client("admin"))));
    }

    @Test
    void refusesAClientWithoutACertificateThatHolds() {
        assertThrows(SslAuthenticationException.class, () -> read("MUTUAL", tls()));
        assertThrows(SslAuthenticationException.class, () -> read("MUTUAL", mutual(STRANGER.client("admin"))));
        assertThrows(
                SslAuthenticationException.class,
                () -> read("MUTUAL", mutual(expired().client("admin"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ELSEWHERE", "EXPIRED"})
    void showsCertificatesThatClientsMustRefuse(String listener) {
        assertThrows(SslAuthenticationException.class, () -> read(listener, tls()));
    }

    @Test
    void showsACertificateThatOnlyItsAuthorityVouchesFor() {
        Map<String, Object> trustsAnother = new HashMap<>(tls());
        trustsAnother.put("ssl.truststore.certificates", STRANGER.certificatePem());

        assertThrows(SslAuthenticationException.class, () -> read("TLS", trustsAnother));
    }

    @Test
    void letsInWhoKnowsThePassword() {
        assertEquals("value", read("PASSWORDS", sasl("PLAIN", "admin", PASSWORD)));
        assertEquals("value", read("STRONG", overTls(sasl("PLAIN", "admin", PASSWORD))));

        assertThrows(SaslAuthenticationException.class, () -> read("PASSWORDS", sasl("PLAIN", "admin", "wrong")));
        assertThrows(SaslAuthenticationException.class, () -> read("STRONG", overTls(sasl("PLAIN", "bob", PASSWORD))));
    }

    @Test
    void letsInTheUsersOfScramWithTheirNewestPassword() {
        kafka.addScramUser("admin", "old");
        kafka.addScramUser("admin", PASSWORD);

        assertEquals("value", read("PASSWORDS", sasl("SCRAM-SHA-256", "admin", PASSWORD)));
        assertEquals("value", read("STRONG", overTls(sasl("SCRAM-SHA-512", "admin", PASSWORD))));
        assertThrows(SaslAuthenticationException.class, () -> read("PASSWORDS", sasl("SCRAM-SHA-256", "admin", "old")));
    }

    @Test
    void letsAClientWriteWhatItMay() {
        kafka.addScramUser("writer", PASSWORD);
        kafka.addAcls(may("writer", AclOperation.WRITE, topic));

        write(overTls(sasl("SCRAM-SHA-512", "writer", PASSWORD)));

        assertEquals(2, kafka.read(topic).size());
        assertThrows(
                TopicAuthorizationException.class,
                () -> read("STRONG", overTls(sasl("SCRAM-SHA-512", "writer", PASSWORD))));
    }

    static AclBinding mayRead(String user, String topic) {
        return may(user, AclOperation.READ, topic);
    }

    private static AclBinding may(String user, AclOperation operation, String topic) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    private String read(String listener, Map<String, Object> client) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put("bootstrap.servers", kafka.bootstrapServers(listener));
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return consumer.poll(LONG).iterator().next().value();
        }
    }

    private void write(Map<String, Object> client) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put("bootstrap.servers", kafka.bootstrapServers("STRONG"));
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            Deadline.after(LONG).get(producer.send(new ProducerRecord<>(topic, "key", "value")), "Writing");
        }
    }

    private static Map<String, Object> plaintext() {
        return Map.of("security.protocol", "PLAINTEXT");
    }

    private static Map<String, Object> tls() {
        return Map.of(
                "security.protocol", "SSL",
                "ssl.truststore.type", "PEM",
                "ssl.truststore.certificates", AUTHORITY.certificatePem());
    }

    private static Map<String, Object> mutual(TestIdentity identity) {
        Map<String, Object> properties = new HashMap<>(tls());
        properties.put("ssl.keystore.type", "PEM");
        properties.put("ssl.keystore.certificate.chain", identity.certificatePem());
        properties.put("ssl.keystore.key", identity.privateKeyPem());
        return properties;
    }

    private static Map<String, Object> sasl(String mechanism, String user, String password) {
        String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        String quoted = password.replace("\\", "\\\\").replace("\"", "\\\"");
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                mechanism,
                "sasl.jaas.config",
                "org.apache.kafka.common.security.%s required username=\"%s\" password=\"%s\";"
                        .formatted(module, user, quoted));
    }

    private static Map<String, Object> overTls(Map<String, Object> sasl) {
        Map<String, Object> properties = new HashMap<>(tls());
        properties.putAll(sasl);
        properties.put("security.protocol", "SASL_SSL");
        return properties;
    }
}
