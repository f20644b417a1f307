package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.CallLog;
import io.bywash.core.fixture.EventLog;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.Protocol;
import io.bywash.core.fixture.RecordingHandler;
import io.bywash.core.fixture.TestGroup;
import io.bywash.core.settings.MissingTopics;
import io.bywash.core.settings.StartFrom;
import io.bywash.testkit.UniqueName;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A consumer reads the topics it was told to, those that come later included, and no others. */
class SubscriptionTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static final Map<String, Object> NOTICES_TOPICS_SOON = Map.of("metadata.max.age.ms", 300);

    @AutoClose
    private final Members members = new Members();

    private final CallLog log = new CallLog();
    private final RecordingHandler handler = new RecordingHandler("a", log);
    private final String prefix = UniqueName.of("subscribed");

    @Test
    void readsAListOfTopics() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        KAFKA.cluster().createTopic(prefix, 1);
        members.start(group.memberWithoutTopic("a", handler).topics(group.topic(), prefix));

        List<String> written = new ArrayList<>(group.produce(5));
        written.add(write(prefix, "listed too"));
        log.awaitValues(written);
    }

    @ParameterizedTest
    @EnumSource
    void takesInMatchingTopicsCreatedLaterButNeitherExcludedNorDeadLetterTopics(Protocol protocol) {
        TestGroup group = new TestGroup(KAFKA.cluster(), prefix + ".first", protocol);
        KAFKA.cluster().createTopic(group.topic(), 1);
        createAndWrite(prefix + ".EXCLUDED", "excluded");
        createAndWrite(prefix + ".first." + group.name() + ".dlt", "a dead letter of this group");
        createAndWrite(prefix + ".first.other.dlt", "a dead letter of another group");
        createAndWrite("not-" + prefix, "matches in part only");
        GroupConsumer consumer = members.start(group.memberWithoutTopic("a", handler)
                .topicPattern(Pattern.compile(Pattern.quote(prefix) + "\\..*"))
                .excludePattern(Pattern.compile(".*\\.excluded", Pattern.CASE_INSENSITIVE))
                .kafka(NOTICES_TOPICS_SOON));
        List<String> written = new ArrayList<>(group.produce(3));
        log.awaitValues(written);

        createAndWrite(prefix + ".second." + group.name() + ".dlt", "a later dead letter");
        written.add(createAndWrite(prefix + ".second", "created later"));
        log.awaitValues(written);
        log.assertEachOnceInOrder(written);
        assertEquals(2, consumer.assignment().size(), () -> "reads " + consumer.assignment());
    }

    @ParameterizedTest
    @EnumSource
    void waitsForAMissingTopicAndSaysSo(Protocol protocol) {
        TestGroup group = new TestGroup(KAFKA.cluster(), prefix, protocol);
        EventLog events = new EventLog();
        GroupConsumer consumer = members.start(
                group.member("a", handler).kafka(NOTICES_TOPICS_SOON).listener(events));
        GroupEvent.TopicsMissing missing = events.await(GroupEvent.TopicsMissing.class);
        assertEquals(Set.of(prefix), missing.topics());

        String value = createAndWrite(prefix, "at last");
        log.awaitValues(List.of(value));
        assertEquals(ConsumerState.RUNNING, consumer.state());
        assertEquals(1, events.of(GroupEvent.TopicsMissing.class).size(), "says it once");
    }

    @Test
    void failsForAMissingTopicIfToldTo() throws InterruptedException {
        TestGroup group = new TestGroup(KAFKA.cluster(), prefix, Protocol.COOPERATIVE);
        GroupConsumer consumer = members.start(group.member("a", handler).missingTopics(MissingTopics.FAIL));
        assertTrue(consumer.awaitEnd(java.time.Duration.ofSeconds(60)));

        ConsumerFailedException failure = consumer.failure().orElseThrow();
        assertEquals(Kind.CONFIGURATION, failure.kind());
        for (String part : List.of(prefix, group.name(), KAFKA.cluster().bootstrapServers(), "create")) {
            assertTrue(failure.getMessage().contains(part), failure::getMessage);
        }
        assertEquals(List.of("open", "close"), handler.told());
    }

    @ParameterizedTest
    @EnumSource
    void readsPartitionsAddedLaterFromTheirFirstRecordEvenIfItStartsFromLatest(Protocol protocol) throws Exception {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1, protocol);
        group.produce(10);
        GroupConsumer consumer = members.start(
                group.member("a", handler).startFrom(new StartFrom.Latest()).kafka(NOTICES_TOPICS_SOON));
        group.awaitCommitted(0, 10);

        KAFKA.cluster()
                .admin()
                .createPartitions(Map.of(group.topic(), NewPartitions.increaseTo(3)))
                .all()
                .get();
        KAFKA.cluster().awaitLeaders(group.topic());
        List<String> written = group.produce(30);
        log.awaitValues(written);
        Await.until("all partitions are read", () -> consumer.assignment().size() == 3);
        log.assertEachOnceInOrder(written);
        group.awaitNoLag();
    }

    private static String createAndWrite(String topic, String value) {
        KAFKA.cluster().createTopic(topic, 1);
        return write(topic, value);
    }

    private static String write(String topic, String value) {
        KAFKA.cluster().produce(topic, null, value);
        return value;
    }
}
