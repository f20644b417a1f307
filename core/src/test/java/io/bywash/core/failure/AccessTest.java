package io.bywash.core.failure;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.GroupConsumerBuilder;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent.StateChanged;
import io.bywash.core.event.PauseReason;
import io.bywash.core.settings.Timing;
import io.bywash.testkit.BrokerSasl;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.Listener;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccessTest {
    private static final String PASSWORD = "open sesame";

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.perClass(EmbeddedKafka.builder()
            .listener(Listener.sasl("CLIENT", BrokerSasl.plain(Map.of("alice", PASSWORD))))
            .accessControl());

    private static final Timing SHORT =
            new Timing(Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(1));

    private final Recording handler = new Recording((record, context) -> {
        if (record.value().equals("bad")) {
            throw new IllegalStateException("cannot take it");
        }
    });
    private TestGroup group;
    private Rights alice;

    @BeforeEach
    void createGroup() {
        group = new TestGroup(KAFKA.cluster(), 2);
        alice = new Rights(KAFKA.cluster(), "alice");
    }

    @AfterEach
    void closeGroup() {
        group.close();
    }

    private void grantTopic() {
        alice.grant(TOPIC, group.topic(), READ, DESCRIBE);
    }

    private void grantGroup() {
        alice.grant(GROUP, group.group(), READ);
    }

    private void grantDeadLetters() {
        alice.grant(TOPIC, group.deadLetterTopic(), CREATE, WRITE, DESCRIBE);
    }

    private GroupConsumerBuilder builder(String password) {
        return builder(group.builder(), password);
    }

    private static GroupConsumerBuilder builder(GroupConsumerBuilder common, String password) {
        String jaas = PlainLoginModule.class.getName() + " required username=\"alice\" password=\"" + password + "\";";
        return common.timing(SHORT)
                .kafka(Map.of(
                        "security.protocol",
                        "SASL_PLAINTEXT",
                        "sasl.mechanism",
                        "PLAIN",
                        "sasl.jaas.config",
                        jaas,
                        "retry.backoff.max.ms",
                        100));
    }

    private Member start() {
        return group.start(handler, builder(PASSWORD));
    }

    private static String refused(Member member) {
        ConsumerFailedException failure = member.awaitFailure();
        assertEquals(ConsumerFailedException.Kind.REFUSED, failure.kind(), failure.getMessage());
        assertEquals(ConsumerState.FAILED, member.consumer().state());
        return failure.getMessage();
    }

    private static void assertContains(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), () -> "'" + part + "' is missing in: " + text);
        }
    }

    @Test
    void aWrongPasswordStopsTheStart() {
        grantTopic();
        grantGroup();
        Member member = group.start(handler, builder("guessed"));

        assertContains(
                refused(member),
                "the broker refused consumer " + group.group(),
                "SASL_PLAINTEXT",
                "SASL mechanism PLAIN",
                "Invalid username or password",
                "check the credentials");
    }

    @Test
    void aGroupThatMayNotBeReadStopsTheStart() {
        grantTopic();
        grantDeadLetters();
        assertContains(refused(start()), "allow READ on group " + group.group());
    }

    @Test
    void aTopicThatMayNotBeReadStopsTheStart() {
        grantGroup();
        grantDeadLetters();
        assertContains(refused(start()), "allow READ and DESCRIBE on topics [" + group.topic() + "]");
    }

    @Test
    void aDeadLetterTopicThatMayNotBeCreatedStopsTheStart() {
        grantTopic();
        grantGroup();
        assertContains(
                refused(start()),
                "may not write its dead-letter topic " + group.deadLetterTopic(),
                "create the topic with 2 partitions and allow WRITE and DESCRIBE on it");
    }

    @Test
    void aDeadLetterTopicThatMayNotBeWrittenStopsTheStart() {
        grantTopic();
        grantGroup();
        alice.grant(TOPIC, group.deadLetterTopic(), DESCRIBE);
        KAFKA.cluster().createTopic(group.deadLetterTopic(), 2);
        assertContains(
                refused(start()),
                "may not write its dead-letter topic " + group.deadLetterTopic(),
                "allow WRITE and DESCRIBE on it");
    }

    @Test
    void aGroupWithdrawnWhileRunningDegradesTheConsumerUntilItIsGrantedAgain() {
        Member member = startReading();

        alice.withdraw(GROUP, group.group(), READ);
        group.produce(0, "b");
        awaitState(member, ConsumerState.DEGRADED);
        assertEquals(false, member.consumer().isReady());
        grantGroup();

        awaitState(member, ConsumerState.RUNNING);
        group.awaitCommitted(0, 2);
    }

    @Test
    void aGroupWithdrawnFromAMemberOfTheNewProtocolIsReadOnWhenItIsGrantedAgain() {
        group.sessionTimeout(Duration.ofSeconds(5));
        Member member = startReading(
                builder(group.builderOfAnyProtocol(), PASSWORD).kafka(Map.of("group.protocol", "consumer")));

        alice.withdraw(GROUP, group.group(), READ);
        awaitState(member, ConsumerState.DEGRADED);
        Eventually.holds(
                () -> "the partitions are lost, but there are "
                        + member.consumer().assignment(),
                () -> member.consumer().assignment().isEmpty());
        grantGroup();
        group.produce(0, "b");

        awaitState(member, ConsumerState.RUNNING);
        group.awaitCommitted(0, 2);
    }

    @Test
    void aTopicWithdrawnWhileRunningDegradesTheConsumerUntilItIsGrantedAgain() {
        Member member = startReading();

        alice.withdraw(TOPIC, group.topic(), READ);
        awaitState(member, ConsumerState.DEGRADED);
        grantTopic();
        group.produce(0, "b");
        group.awaitCommitted(0, 2);

        awaitState(member, ConsumerState.RUNNING);
        List<StateChanged> changes = member.events().all(StateChanged.class);
        assertTrue(changes.size() < 20, "the state flaps: " + changes);
    }

    @Test
    void aDeadLetterTopicWithdrawnWhileRunningHoldsItsPartitionUpUntilItIsGrantedAgain() {
        Member member = startReading();
        alice.withdraw(TOPIC, group.deadLetterTopic(), WRITE);
        group.produce(0, "bad", "good");

        member.awaitPaused(0, PauseReason.DEAD_LETTER_DOWN);
        group.produce(1, "elsewhere");
        group.awaitCommitted(1, 1);
        assertEquals(1L, group.committed(0).map(OffsetAndMetadata::offset).orElseThrow());
        assertEquals(ConsumerState.RUNNING, member.consumer().state());

        grantDeadLetters();
        group.awaitCommitted(0, 3);
        assertEquals(1, group.awaitDeadLetters(1).size());
    }

    /** Who may not know how long brokers keep records could shorten it without knowing. */
    @Test
    void withoutTheRightToKnowHowRecordsAreKeptLettersAreKeptAsBrokersDo() throws Exception {
        startReading();
        assertEquals("604800000", retentionOfTheLetters());
    }

    @Test
    void withTheRightToKnowHowRecordsAreKeptLettersAreKeptLonger() throws Exception {
        alice.grant(TOPIC, group.topic(), DESCRIBE_CONFIGS);
        startReading();
        assertEquals(String.valueOf(Duration.ofDays(30).toMillis()), retentionOfTheLetters());
    }

    private String retentionOfTheLetters() throws Exception {
        ConfigResource letters = new ConfigResource(ConfigResource.Type.TOPIC, group.deadLetterTopic());
        return KAFKA.cluster()
                .admin()
                .describeConfigs(List.of(letters))
                .values()
                .get(letters)
                .get()
                .get("retention.ms")
                .value();
    }

    private Member startReading() {
        return startReading(builder(PASSWORD));
    }

    private Member startReading(GroupConsumerBuilder builder) {
        grantTopic();
        grantGroup();
        grantDeadLetters();
        Member member = group.start(handler, builder);
        group.produce(0, "a");
        group.awaitCommitted(0, 1);
        group.awaitDeadLetterTopic();
        return member;
    }

    private static void awaitState(Member member, ConsumerState state) {
        Eventually.holds(
                () -> "the consumer is " + state + ", but was "
                        + member.consumer().state() + " after "
                        + member.events().all(),
                () -> member.consumer().state() == state);
    }
}
