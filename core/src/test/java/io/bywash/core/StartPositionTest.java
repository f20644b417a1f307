package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.GroupEvent.JumpReason;
import io.bywash.core.event.PauseReason;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.CallLog;
import io.bywash.core.fixture.EventLog;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.Protocol;
import io.bywash.core.fixture.RecordingHandler;
import io.bywash.core.fixture.TestGroup;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.StartFrom;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.GroupSubscribedToTopicException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every partition begins where it should, and no position ever moves without a word. */
class StartPositionTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @AutoClose
    private final Members members = new Members();

    private final CallLog log = new CallLog();
    private final EventLog events = new EventLog();

    @Test
    void startsAtTheFirstRecordUnlessToldOtherwise() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 3);
        List<String> written = group.produce(10);
        members.start(member(group));
        log.awaitValues(written);
        events.await(GroupEvent.PartitionsStarted.class);
        assertEquals(
                List.of(new GroupEvent.PartitionsStarted(
                        Map.of(group.partition(0), 0L, group.partition(1), 0L, group.partition(2), 0L))),
                events.of(GroupEvent.PartitionsStarted.class),
                "one for all of them");
        assertEquals(List.of(), events.of(GroupEvent.PositionJumped.class), "to begin is no jump");
    }

    @ParameterizedTest
    @EnumSource
    void startsAtTheEndAndLosesNothingWrittenWhileItIsAway(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2, protocol);
        group.produce(10);
        GroupConsumer first = members.start(member(group).startFrom(new StartFrom.Latest()));
        // No record has come, so this is the start position itself.
        group.awaitNoLag();
        first.close();
        List<String> written = new ArrayList<>(group.produce(10));

        members.start(member(group).startFrom(new StartFrom.Latest()));
        log.awaitValues(written);
        log.assertEachOnceInOrder(written);
    }

    @Test
    void startsAtTheFirstRecordSinceATime() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        writeAt(group, noon.minusSeconds(1), "before");
        writeAt(group, noon, "at noon");
        writeAt(group, noon.plusSeconds(1), "after");
        members.start(member(group).startFrom(new StartFrom.At(noon)));
        log.awaitValues(List.of("at noon", "after"));
        log.assertEachOnceInOrder(List.of("at noon", "after"));
    }

    @Test
    void startsAtTheEndIfNothingWasWrittenSinceATime() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        writeAt(group, Instant.now().minusSeconds(60), "before");
        members.start(member(group).startFrom(new StartFrom.At(Instant.now())));
        group.awaitNoLag();
        List<String> written = group.produce(1);
        log.awaitValues(written);
        log.assertEachOnceInOrder(written);
    }

    @Test
    void startsAtTheFirstRecordOfAnAge() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        writeAt(group, Instant.now().minus(Duration.ofHours(3)), "old");
        writeAt(group, Instant.now().minus(Duration.ofHours(1)), "young");
        members.start(member(group).startFrom(new StartFrom.Ago(Duration.ofHours(2))));
        log.awaitValues(List.of("young"));
        log.assertEachOnceInOrder(List.of("young"));
    }

    @ParameterizedTest
    @EnumSource
    void goesOnAtTheStartOfTheLogWhenRetentionWasFasterAndCountsTheLoss(Protocol protocol) throws Exception {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2, protocol);
        List<String> written = new ArrayList<>(group.produceTo(0, 10));
        written.addAll(group.produceTo(1, 10));
        commit(group, 0, 2);
        KAFKA.cluster()
                .admin()
                .deleteRecords(Map.of(group.partition(0), RecordsToDelete.beforeOffset(7)))
                .all()
                .get();

        MetricRegistry metrics = new MetricRegistry();
        GroupConsumer consumer = members.start(member(group).metrics(metrics));
        log.awaitValues(written.subList(7, 20));
        log.assertEachOnceInOrder(written.subList(7, 20));
        events.await(
                GroupEvent.PositionJumped.class,
                new GroupEvent.PositionJumped(group.partition(0), 2, 7, JumpReason.RETENTION)::equals);
        String counter = MetricRegistry.name("bywash", consumer.settings().name(), "offsets-lost");
        assertEquals(5, metrics.counter(counter).getCount());
        group.awaitNoLag();
    }

    @ParameterizedTest
    @EnumSource
    void haltsAPartitionWhosePositionIsBeyondItsLogAndRunsTheOthers(Protocol protocol) throws Exception {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 3, protocol);
        List<String> expected = new ArrayList<>(group.produceTo(0, 10));
        group.produceTo(1, 10);
        expected.addAll(group.produceTo(2, 10));
        commit(group, 1, 50);

        GroupConsumer consumer = members.start(member(group));
        GroupEvent.PartitionHalted halted = events.await(GroupEvent.PartitionHalted.class);
        assertEquals(group.partition(1), halted.at().partition());
        assertEquals(50, halted.at().offset());
        expected.addAll(group.produceTo(0, 10));
        expected.addAll(group.produceTo(2, 10));
        log.awaitValues(expected);
        log.assertEachOnceInOrder(expected);

        Await.until(
                () -> "the snapshot says what is wrong: " + consumer.snapshot(),
                () -> consumer.snapshot().partitions().stream()
                        .filter(one -> one.partition().equals(group.partition(1)))
                        .anyMatch(StartPositionTest::saysHalted));
        assertTrue(consumer.isReady());
        consumer.close();
        assertEquals(50, group.committed(1), "the position is for an operator to change");
        assertEquals(1, events.of(GroupEvent.PartitionHalted.class).size(), "says it once");
        assertFalse(events.of(GroupEvent.PositionJumped.class).stream()
                .anyMatch(jumped -> jumped.partition().equals(group.partition(1))));
    }

    private static boolean saysHalted(PartitionSnapshot partition) {
        return partition.pauseReasons().contains(PauseReason.HALTED)
                && partition.why().contains("50")
                && partition.why().contains("reset");
    }

    private static void loseOffsets(TestGroup group, int partition) throws Exception {
        KAFKA.cluster()
                .admin()
                .deleteConsumerGroupOffsets(group.name(), Set.of(group.partition(partition)))
                .all()
                .get();
    }

    @ParameterizedTest
    @EnumSource
    void startsAnewAndSaysSoWhenTheBrokerHasLostTheOffsets(Protocol protocol) throws Exception {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1, protocol);
        List<String> written = new ArrayList<>(group.produce(10));
        GroupConsumer first = members.start(group.member("a", new RecordingHandler("a", log)));
        group.awaitNoLag();
        first.close();
        loseOffsets(group, 0);
        written.addAll(group.produce(5));

        CallLog again = new CallLog();
        members.start(group.member("b", new RecordingHandler("b", again))
                .ordering(Ordering.key(8))
                .listener(events));
        again.awaitValues(written);
        group.awaitNoLag();
        assertEquals(
                List.of(new GroupEvent.PartitionsStarted(Map.of(group.partition(0), 0L))),
                events.of(GroupEvent.PartitionsStarted.class));
    }

    @Test
    void losesNothingSinceItsFirstStartAsLongAsTheBrokerKeepsTheOffsetsOfOnePartition() throws Exception {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2);
        group.produce(10);
        GroupConsumer first = members.start(
                group.member("a", new RecordingHandler("a", new CallLog())).startFrom(new StartFrom.Latest()));
        group.awaitNoLag();
        List<String> written = new ArrayList<>(group.produceTo(0, 5));
        group.awaitNoLag();
        first.close();
        loseOffsets(group, 0);
        written.addAll(group.produce(10));

        members.start(member(group).startFrom(new StartFrom.Latest()));
        log.awaitValues(written);
        log.assertEachOnceInOrder(written);
        events.await(
                GroupEvent.PartitionsStarted.class,
                new GroupEvent.PartitionsStarted(Map.of(group.partition(0), 5L))::equals);
        group.awaitNoLag();
    }

    @Test
    void theBrokerForgetsNoOffsetsOfAGroupThatIsThere() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        List<String> written = new ArrayList<>(group.produce(10));
        members.start(member(group));
        group.awaitNoLag();
        ExecutionException refusal = assertThrows(ExecutionException.class, () -> loseOffsets(group, 0));
        assertInstanceOf(GroupSubscribedToTopicException.class, refusal.getCause());
        written.addAll(group.produce(10));
        group.awaitNoLag();
        log.assertEachOnceInOrder(written);
    }

    private GroupConsumerBuilder member(TestGroup group) {
        return group.member("a", new RecordingHandler("a", log)).listener(events);
    }

    private static void writeAt(TestGroup group, Instant time, String value) {
        StringSerializer strings = new StringSerializer();
        KAFKA.cluster()
                .produce(
                        List.of(new ProducerRecord<String, String>(group.topic(), 0, time.toEpochMilli(), null, value)),
                        strings,
                        strings);
    }

    /** Commits for a group without members, as an operator would. */
    private static void commit(TestGroup group, int partition, long offset) throws Exception {
        KAFKA.cluster()
                .admin()
                .alterConsumerGroupOffsets(
                        group.name(), Map.of(group.partition(partition), new OffsetAndMetadata(offset)))
                .all()
                .get();
    }
}
