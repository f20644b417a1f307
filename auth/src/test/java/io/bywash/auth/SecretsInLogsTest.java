package io.bywash.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** However much Kafka's clients log, and whether they connect or not, no secret is in it. */
@ExtendWith(SecuredKafkaExtension.class)
class SecretsInLogsTest {
    private final SecuredKafka kafka;
    private final Logger logger = (Logger) LoggerFactory.getLogger("org.apache.kafka");
    private final Recorder recorder = new Recorder();

    @TempDir
    Path directory;

    SecretsInLogsTest(SecuredKafka kafka) {
        this.kafka = kafka;
    }

    @BeforeEach
    void record() {
        recorder.start();
        logger.addAppender(recorder);
        logger.setAdditive(false);
        logger.setLevel(Level.DEBUG);
    }

    @AfterEach
    void forget() {
        logger.setLevel(null);
        logger.setAdditive(true);
        logger.detachAppender(recorder);
    }

    @Test
    void noneIsLogged() throws Exception {
        Secret good = Secret.of(SecuredKafka.PASSWORD);
        Secret bad = Secret.of("wrong-canary");
        AuthSettings tls = AuthSettings.none().withTls(kafka.tls());

        kafka.connect(tls.withSasl(new Plain(SecuredKafka.USER, good)), kafka.bootstrap("SASL"));
        kafka.connect(tls.withSasl(new Scram(Scram.Hash.SHA_512, SecuredKafka.USER, good)), kafka.bootstrap("SASL"));
        kafka.connect(tls.withSasl(oauth(secret(good))), kafka.bootstrap("OAUTH"));
        kafka.connect(tls.withSasl(oauth(assertion())), kafka.bootstrap("OAUTH"));
        kafka.connect(AuthSettings.none().withTls(kafka.tls().withIdentity(identity())), kafka.bootstrap("MTLS"));
        assertRefused(tls.withSasl(new Plain(SecuredKafka.USER, bad)), "SASL");
        assertRefused(tls.withSasl(oauth(secret(bad))), "OAUTH");

        assertFalse(recorder.lines.isEmpty());
        assertEquals(
                List.of(),
                recorder.lines.stream().filter(line -> line.contains("canary")).toList());
    }

    private void assertRefused(AuthSettings settings, String listener) {
        assertThrows(KafkaException.class, () -> kafka.connect(settings, kafka.bootstrap(listener)));
    }

    private OAuthBearer oauth(OAuthGrant grant) {
        return OAuthBearer.from(kafka.endpoint.url(), grant)
                .withEndpointTrust(kafka.tls().trust());
    }

    private static OAuthGrant secret(Secret secret) {
        return new OAuthGrant.ClientSecret("billing:eu", secret);
    }

    private OAuthGrant assertion() throws Exception {
        Path key = Files.writeString(
                directory.resolve("client.key"), kafka.assertionKey.encryptedKeyPem("canary", Issued.TRIPLE_DES));
        return new OAuthGrant.JwtBearer(new JwtAssertion.Signed(
                JwtAssertion.Algorithm.RS256,
                key,
                Optional.of(Secret.of("canary")),
                new JwtAssertion.Claims("billing:eu", "billing:eu", "provider"),
                Optional.empty()));
    }

    private Identity identity() throws Exception {
        Path store = kafka.clientCa
                .issue("billing")
                .keyStore(directory.resolve("client.p12"), "PKCS12", "store-canary", "key-canary");
        return Identity.store(store, Secret.of("store-canary"), Secret.of("key-canary"));
    }

    /** Keeps every line with its stack trace, from any thread. */
    private static final class Recorder extends AppenderBase<ILoggingEvent> {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    }
}
