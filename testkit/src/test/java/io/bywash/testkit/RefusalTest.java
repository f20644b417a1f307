package io.bywash.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be is refused with a message that says what to do, and leaves nothing behind. */
class RefusalTest {

    @Test
    void namesThePortThatIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            EmbeddedKafkaBuilder builder = EmbeddedKafka.builder()
                    .listener(Listener.plaintext("CLIENT").port(port));

            EmbeddedKafkaException e = assertThrows(EmbeddedKafkaException.class, builder::start);

            assertEquals(
                    "Port " + port + " for listener CLIENT of broker 1 is in use. Stop the server that listens on it or"
                            + " choose another port.",
                    e.getMessage());
        }
    }

    @Test
    void usesThePortThatWasAskedFor() {
        int port = Ports.next();
        try (EmbeddedKafka kafka = EmbeddedKafka.builder()
                .listener(Listener.plaintext("CLIENT").host("localhost").port(port))
                .start()) {
            assertEquals("localhost:" + port, kafka.bootstrapServers());
            assertFalse(Ports.isFree(port));
        }
        assertTrue(Ports.isFree(port));
    }

    @Test
    void saysWhichBrokerPropertyIsWrong() {
        int port = Ports.next();
        EmbeddedKafkaBuilder builder = EmbeddedKafka.builder()
                .listener(Listener.plaintext("CLIENT").port(port))
                .property("num.io.threads", "many");

        EmbeddedKafkaException e = assertThrows(EmbeddedKafkaException.class, builder::start);

        assertTrue(
                e.getMessage()
                        .startsWith("Broker 1 cannot be set up: Invalid value many for configuration num.io.threads"),
                e.getMessage());
        assertTrue(Ports.isFree(port));
    }

    @Test
    void saysWhyABrokerDoesNotStartAndStopsTheOthers() {
        int port = Ports.next();
        EmbeddedKafkaBuilder builder = EmbeddedKafka.builder()
                .brokers(2)
                .listener(Listener.plaintext("CLIENT").port(port))
                .listener(Listener.of("TLS", SecurityProtocol.SSL)
                        .with("ssl.keystore.location", "/no/such/file.p12")
                        .with("ssl.keystore.password", "secret"));

        EmbeddedKafkaException e = assertThrows(EmbeddedKafkaException.class, builder::start);

        assertTrue(e.getMessage().contains("does not start"), e.getMessage());
        assertTrue(e.getMessage().contains("/no/such/file.p12"), e.getMessage());
        assertFalse(e.getMessage().contains("secret"), e.getMessage());
        assertTrue(Ports.isFree(port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"listeners", "log.dirs", "node.id", "authorizer.class.name", "process.roles"})
    void refusesPropertiesThatHoldTheClusterTogether(String property) {
        assertRefused(
                () -> EmbeddedKafka.builder().property(property, "x"),
                "Broker property " + property + " is set by the cluster itself. Use the builder's methods for brokers,"
                        + " listeners, access control and the data directory.");
    }

    @Test
    void refusesWhatTheBuilderCannotUse() {
        assertRefused(() -> EmbeddedKafka.builder().brokers(0), "0 brokers are not between 1 and 9.");
        assertRefused(() -> EmbeddedKafka.builder().brokers(10), "10 brokers are not between 1 and 9.");
        assertRefused(
                () -> EmbeddedKafka.builder().timeout(Duration.ZERO),
                "Timeout PT0S is not between one second and one day.");
        assertRefused(
                () -> EmbeddedKafka.builder().accessControl("admin"),
                "Super user 'admin' is not a principal. Write its type first, as in User:admin, and no semicolon.");
        assertRefused(
                () -> EmbeddedKafka.builder().listener(Listener.plaintext("A")).listener(Listener.plaintext("A")),
                "There are two listeners named A. Give each a name of its own.");
    }

    @Test
    void refusesListenersThatCannotBe() {
        assertRefused(
                () -> Listener.plaintext("client"),
                "Listener name 'client' is not made of capital letters, digits and underscores. Use a name such as"
                        + " CLIENT.");
        assertRefused(
                () -> Listener.plaintext("INTERNAL"),
                "Listener name 'INTERNAL' is taken by the cluster itself. Use another, such as CLIENT.");
        assertRefused(
                () -> Listener.plaintext("CLIENT").port(65_536),
                "Port 65536 of listener CLIENT is not between 1 and 65535.");
        assertRefused(() -> Listener.sasl("CLIENT"), "Listener CLIENT offers no SASL mechanism. Name one or more.");
        assertRefused(
                () -> BrokerSasl.plain(Map.of("a b", "secret")),
                "User name 'a b' is not made of letters, digits, dots, dashes and underscores, all that a broker's PLAIN"
                        + " login can name. Use another, or SCRAM.");
        assertRefused(
                () -> BrokerSasl.gssapi("kafka@EXAMPLE.COM", Path.of("kafka.keytab")),
                "Principal 'kafka@EXAMPLE.COM' is not one of a service. Write service/host@REALM, as in"
                        + " kafka/localhost@EXAMPLE.COM.");
    }

    @Test
    void printsNoPassword() {
        BrokerSasl sasl = BrokerSasl.plain(Map.of("alice", "secret"));
        Listener listener = Listener.sasl("CLIENT", sasl).with("ssl.key.password", "secret");

        assertEquals("PLAIN", sasl.toString());
        assertEquals("CLIENT (SASL_PLAINTEXT)", listener.toString());
    }

    private static void assertRefused(Executable call, String message) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
