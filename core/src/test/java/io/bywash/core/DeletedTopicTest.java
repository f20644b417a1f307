package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.core.event.GroupEvent.JumpReason;
import io.bywash.core.event.GroupEvent.PositionJumped;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.EventLog;
import io.bywash.core.fixture.KeyLog;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.Protocol;
import io.bywash.core.fixture.TestGroup;
import io.bywash.core.session.TopicId;
import io.bywash.core.settings.StartFrom;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A topic that has got the name of one that was deleted is read from its beginning, whatever was read and committed of the other. */
class DeletedTopicTest {
    private static final int BEFORE = 20;
    private static final int AFTER = 5;

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @AutoClose
    private final Members members = new Members();

    private final KeyLog log = new KeyLog();
    private final EventLog events = new EventLog();
    private TestGroup group = TestGroup.on(KAFKA.cluster(), 1);

    private static String cluster() {
        return KAFKA.cluster()
                .admin()
                .describeCluster()
                .clusterId()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static Set<String> topics() {
        return KAFKA.cluster()
                .admin()
                .listTopics()
                .names()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** The position is beyond the end of the new topic, so it looks at first as if the log had been cut. */
    @Test
    void aTopicThatIsBackBeforeItsMembersHaveNoticedIsReadFromItsBeginning() throws Exception {
        Uuid id = Objects.requireNonNull(KAFKA.cluster()
                        .admin()
                        .describeTopics(Set.of(group.topic()))
                        .allTopicNames()
                        .get()
                        .get(group.topic()))
                .topicId();
        group.commit(0, new OffsetAndMetadata(0, "bywash/1 t=" + TopicId.of(cluster(), id)));
        List<String> before = group.produceTo(0, BEFORE);
        members.start(group.member("a", log.handler()).listener(events));
        group.awaitCommitted(0, BEFORE);

        KAFKA.cluster().admin().deleteTopics(List.of(group.topic())).all().get();
        Await.until("it is gone", () -> !topics().contains(group.topic()));
        KAFKA.cluster().createTopic(group.topic(), 1);
        List<String> after = group.produceTo(0, AFTER);
        group.awaitCommitted(0, AFTER);
        log.assertEachOnce(Stream.concat(before.stream(), after.stream()).toList());
    }

    /**
     * A member that tries its last commit for a while may meet the new topic. Leaders of the other may have changed more often: of a client
     * that has heard of a later epoch it is known that it believes no broker who leads now.
     */
    @ParameterizedTest
    @CsvSource({"0, COOPERATIVE", "7, COOPERATIVE", "7, CONSUMER"})
    void anOffsetThatWasCommittedOfTheDeletedTopicDoesNotCount(int leaderEpoch, Protocol protocol) throws Exception {
        group = TestGroup.on(KAFKA.cluster(), 1, protocol);
        commitOfAnotherTopic(leaderEpoch);
        List<String> all = group.produceTo(0, AFTER);
        members.start(group.member("a", log.handler()).listener(events));
        PositionJumped jump = events.await(PositionJumped.class, event -> true);
        assertEquals(JumpReason.RECREATED, jump.reason());
        assertEquals(0, jump.to());
        log.awaitValues(all);
        group.awaitCommitted(0, AFTER);
        group.awaitTopicId(0);
    }

    private void commitOfAnotherTopic(int leaderEpoch) {
        group.commit(
                0,
                new OffsetAndMetadata(
                        3, Optional.of(leaderEpoch), "bywash/1 t=" + TopicId.of(cluster(), Uuid.randomUuid())));
    }

    /** After a reset nothing of the deleted topic is left but what the client knows of its leaders. */
    @Test
    void aResetBeforeTheOtherTopicIsNoticedDoesNotEndTheReading() throws Exception {
        commitOfAnotherTopic(7);
        List<String> all = group.produceTo(0, AFTER);
        GroupConsumer consumer = members.start(group.member("a", log.handler()));
        Await.until(
                "it has the partition", () -> !consumer.snapshot().partitions().isEmpty());
        consumer.reset(group.partition(0), 0);
        group.awaitCommitted(0, AFTER);
        log.assertEachOnce(all);
    }

    /** With a topic its commits are deleted, and with them when the group began, be it that this process has seen it begin or not. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTopicThatIsBackIsReadFromItsBeginningThoughTheGroupStartedAtTheEnd(boolean begunBefore) throws Exception {
        group.produceTo(0, BEFORE);
        if (begunBefore) {
            group.commit(0, new OffsetAndMetadata(BEFORE, "bywash/1 s=" + System.currentTimeMillis()));
        }
        GroupConsumer consumer = members.start(group.member("a", log.handler())
                .startFrom(new StartFrom.Latest())
                .kafka(Map.of("metadata.max.age.ms", 2_000)));
        Await.until(
                "it has the partition", () -> !consumer.snapshot().partitions().isEmpty());
        group.awaitCommitted(0, BEFORE);
        KAFKA.cluster().admin().deleteTopics(List.of(group.topic())).all().get();
        Await.until(
                () -> "it is given up: " + consumer.snapshot(),
                () -> consumer.snapshot().partitions().isEmpty());
        KAFKA.cluster().createTopic(group.topic(), 1);
        List<String> after = group.produceTo(0, AFTER);
        log.awaitValues(after);
        log.assertEachOnce(after);
    }

    /**
     * Whoever copies offsets to another cluster puts another number in the place of each, and leaves the text beside it. What that says of
     * the records behind the first number must leave out none behind the second.
     */
    @Test
    void whatIsSaidOfRecordsOfAnotherClusterLeavesOutNone() throws Exception {
        String elsewhere = "t=" + TopicId.of("another", Uuid.randomUuid());
        // Complete is the record that comes one after the offset, by a leader of epoch 100.
        group.commit(0, new OffsetAndMetadata(1, Optional.empty(), "bywash/1 " + elsewhere + " d=iMmeZQEA"));
        List<String> all = group.produceTo(0, AFTER);
        members.start(group.memberWithoutTopic("a", log.handler())
                .topicPattern(Pattern.compile(Pattern.quote(group.topic()))));
        group.awaitCommitted(0, AFTER);
        log.assertEachOnce(all.subList(1, AFTER));
    }
}
