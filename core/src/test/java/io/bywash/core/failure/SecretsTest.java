package io.bywash.core.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ch.qos.logback.classic.Level;
import io.bywash.core.GroupConsumerBuilder;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.GroupEvent.DeadLettered;
import io.bywash.core.fixture.CapturedLog;
import io.bywash.core.settings.OnFailure;
import io.bywash.testkit.BrokerSasl;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.Listener;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Puts a canary where secrets and contents are, and looks for it wherever text comes out. */
@ResourceLock("levels of loggers")
class SecretsTest {
    private static final String CANARY = "canary-5f3a9c";

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.perClass(
            EmbeddedKafka.builder().listener(Listener.sasl("CLIENT", BrokerSasl.plain(Map.of("alice", CANARY)))));

    private final CapturedLog log = new CapturedLog(Map.of(
            "io.bywash", Level.TRACE, "org.apache.kafka.clients", Level.INFO, "org.apache.kafka.common", Level.INFO));
    private TestGroup group;

    @BeforeEach
    void createGroup() {
        group = new TestGroup(KAFKA.cluster(), 1);
    }

    @AfterEach
    void closeGroup() {
        group.close();
        log.close();
    }

    private GroupConsumerBuilder builder(String jaasOptions) {
        return group.builder()
                .kafka(Map.of(
                        "security.protocol",
                        "SASL_PLAINTEXT",
                        "sasl.mechanism",
                        "PLAIN",
                        "sasl.jaas.config",
                        PlainLoginModule.class.getName() + " required " + jaasOptions,
                        "ssl.key.password",
                        CANARY,
                        "acme.vault.token",
                        CANARY));
    }

    private void assertNoCanary(Member member) {
        assertEquals(List.of(), log.with(CANARY));
        member.events().all().forEach(event -> assertFalse(event.toString().contains(CANARY), event::toString));
        String settings = member.consumer().settings() + " " + member.consumer() + " "
                + member.consumer().settings().kafka();
        assertFalse(settings.contains(CANARY), settings);
        member.consumer()
                .failure()
                .ifPresent(failure -> assertFalse(printed(failure).contains(CANARY), printed(failure)));
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void aConsumerThatRunsTellsNoSecret() {
        Recording handler = new Recording((record, context) -> {
            throw new IllegalStateException("cannot take it");
        });
        group.produce(0, "a");
        Member member = group.start(handler, builder("username=\"alice\" password=\"" + CANARY + "\";"));
        group.awaitCommitted(0, 1);
        member.events().await(DeadLettered.class);
        member.leave();

        assertNoCanary(member);
        // Classes run side by side, so the lines of other members are in it as well.
        assertFalse(log.with("is RUNNING (was STARTING)").isEmpty(), "the log was captured");
    }

    @Test
    void refusedCredentialsAreNotRepeated() {
        Member member = group.start(
                new Recording((record, context) -> {}), builder("username=\"alice\" password=\"" + CANARY + "-not\";"));

        assertEquals(ConsumerFailedException.Kind.REFUSED, member.awaitFailure().kind());
        assertNoCanary(member);
    }

    @Test
    void credentialsThatCannotBeReadAreNotRepeated() {
        for (String options : List.of(
                "username=\"alice\" password=\"" + CANARY + "\"",
                "username=\"alice\" password=\"" + CANARY + "\" extra;",
                "username=alice password " + CANARY + ";",
                "username=\"alice\" password=\"" + CANARY + ";")) {
            Member member = group.start(new Recording((record, context) -> {}), builder(options));

            assertEquals(
                    ConsumerFailedException.Kind.CONFIGURATION,
                    member.awaitFailure().kind(),
                    () -> printed(member.awaitFailure()));
            assertNoCanary(member);
        }
    }

    @Test
    void contentsOfRecordsAreNotLogged() {
        KAFKA.cluster()
                .produce(
                        List.of(
                                new ProducerRecord<>(
                                        group.topic(),
                                        0,
                                        CANARY,
                                        CANARY,
                                        List.of(new RecordHeader("trace", CANARY.getBytes()))),
                                new ProducerRecord<>(group.topic(), 0, CANARY, "four")),
                        new StringSerializer(),
                        new StringSerializer());
        Member member = group.start(builder("username=\"alice\" password=\"" + CANARY + "\";")
                .failures(TestGroup.QUICK.withOnFailure(OnFailure.SKIP))
                .handler(
                        (record, context) -> {
                            throw new IllegalStateException("cannot take " + record.value());
                        },
                        StringDeserializer::new,
                        IntegerDeserializer::new));
        group.awaitCommitted(0, 2);
        member.leave();

        assertNoCanary(member);
        assertFalse(log.with("could not be decoded").isEmpty(), "the failure was logged");
        assertFalse(log.with("cannot take").isEmpty(), "the failure was logged");
    }
}
