package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.PauseReason;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.CallLog;
import io.bywash.core.fixture.EventLog;
import io.bywash.core.fixture.Gate;
import io.bywash.core.fixture.Load;
import io.bywash.core.fixture.Meddler;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.Protocol;
import io.bywash.core.fixture.RecordingHandler;
import io.bywash.core.fixture.TestGroup;
import io.bywash.core.settings.Timing;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Partitions change hands without loss, in order, and without disturbing those that stay. */
class RebalanceTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static final Duration SHORT_DRAIN = Duration.ofMillis(800);

    @AutoClose
    private final Members members = new Members();

    private final CallLog log = new CallLog();

    @ParameterizedTest
    @EnumSource
    void handsOverUnderLoadWithoutLossOrDuplicate(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 6, protocol);
        try (Load load = Load.on(group, 6)) {
            GroupConsumer first = members.start(group.member("a", new RecordingHandler("a", log)));
            log.awaitFinished(100);

            GroupConsumer second = members.start(group.member("b", new RecordingHandler("b", log)));
            awaitShares(Map.of(first, 3, second, 3));
            log.awaitFinishedBy("b", 100);

            GroupConsumer third = members.start(group.member("c", new RecordingHandler("c", log)));
            awaitShares(Map.of(first, 2, second, 2, third, 2));
            assertTrue(second.close(Duration.ofSeconds(30)));
            awaitShares(Map.of(first, 3, third, 3));
            assertTrue(first.close(Duration.ofSeconds(30)));
            awaitShares(Map.of(third, 6));

            List<String> written = load.stop();
            log.awaitValues(written);
            log.assertEachOnceInOrder(written);
        }
        group.awaitNoLag();
    }

    @ParameterizedTest
    @EnumSource
    void finishesAndCommitsCallsInFlightBeforeItHandsOver(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2, protocol);
        List<String> written = group.produce(100);
        Gate gate = new Gate();
        members.start(group.member("a", new RecordingHandler("a", log, (record, context) -> {
            if (record.offset() == 10) {
                Await.until("the partition goes, or it stays", () -> context.isRevoking() || gate.isOpen());
                // Long enough for a hand-over that would not wait.
                Await.within(Duration.ofMillis(200), gate::isOpen);
            }
        })));
        log.awaitFinished(20);

        members.start(group.member("b", new RecordingHandler("b", log)));
        log.awaitFinishedBy("b", 39);
        gate.open();

        log.awaitValues(written);
        log.assertEachOnceInOrder(written);
        group.awaitNoLag();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "EAGER")
    void doesNotDisturbPartitionsThatStay(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 4, protocol);
        group.produce(20_000);
        Gate gate = new Gate();
        Map<TopicPartition, Integer> calls = new ConcurrentHashMap<>();
        RecordingHandler handler = new RecordingHandler("a", log, (record, context) -> {
            calls.merge(context.partition(), 1, Integer::sum);
            Await.within(Duration.ofMillis(1), context::isRevoking);
            if (context.isRevoking()) {
                gate.pass();
            }
        });
        GroupConsumer first = members.start(group.member("a", handler));
        Await.until("all partitions are handled", () -> calls.size() == 4);

        members.start(group.member("b", new RecordingHandler("b", log)));
        gate.awaitWaiting(1);
        Map<TopicPartition, Integer> before = new HashMap<>(calls);
        Await.until(
                () -> "two partitions go on although others are being drained: " + before + ", later " + calls,
                () -> calls.entrySet().stream()
                                .filter(now -> now.getValue() >= before.get(now.getKey()) + 5)
                                .count()
                        == 2);
        gate.open();

        Await.until("the second member has its share", () -> first.assignment().size() == 2);
        Set<String> kept = new HashSet<>();
        first.assignment().forEach(partition -> kept.add("revoked " + partition.partition()));
        assertFalse(handler.told().stream().anyMatch(kept::contains), () -> "told " + handler.told());
        assertEquals(
                4,
                handler.told().stream()
                        .filter(told -> told.startsWith("assigned"))
                        .count());
    }

    @ParameterizedTest
    @EnumSource
    void interruptsACallThatOutlastsTheDrain(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2, protocol);
        List<String> written = group.produce(20);
        Gate never = new Gate();
        EventLog events = new EventLog();
        GroupConsumer first = members.start(group.member("a", new RecordingHandler("a", log, (record, context) -> {
                    if (record.offset() == 5) {
                        never.pass();
                    }
                }))
                .timing(withDrain(SHORT_DRAIN))
                .listener(events));
        never.awaitWaiting(2);

        members.start(group.member("b", new RecordingHandler("b", log)));
        log.awaitFinishedBy("b", 5);
        assertEquals(1, first.assignment().size());
        assertEquals(List.of(), events.of(GroupEvent.AttemptFailed.class), "an interrupted attempt is no failure");

        first.close(SHORT_DRAIN);
        log.awaitValues(written);
        log.assertNothingMissed(written);
        assertEquals(List.of(), log.again(), "the interrupted calls did not finish");
        group.awaitNoLag();
    }

    @ParameterizedTest
    @EnumSource
    void dropsTheResultOfACallThatIsDeafToInterrupts(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2, protocol);
        List<String> written = group.produce(20);
        Gate gate = new Gate();
        EventLog events = new EventLog();
        GroupConsumer first = members.start(group.member("a", new RecordingHandler("a", log, (record, context) -> {
                    if (record.offset() == 5) {
                        gate.passDeafToInterrupts();
                    }
                }))
                .timing(withDrain(SHORT_DRAIN))
                .listener(events));
        gate.awaitWaiting(2);

        members.start(group.member("b", new RecordingHandler("b", log)));
        log.awaitFinishedBy("b", 5);
        TopicPartition moved = log.finishedBy("b").get(0).partition();
        if (!protocol.isIncremental()) {
            Await.until(
                    () -> "the partition that came back waits for its old call: " + first.snapshot(),
                    () -> first.snapshot().partitions().stream()
                            .anyMatch(partition -> partition.pauseReasons().contains(PauseReason.PREDECESSOR)));
        }
        gate.open();

        events.await(
                GroupEvent.LateResult.class,
                late -> late.record().partition().equals(moved) && late.record().offset() == 5);
        log.awaitValues(written);
        group.awaitNoLag();
        List<CallLog.Call> again = log.again();
        assertTrue(again.stream().allMatch(call -> call.offset() == 5), () -> "handled again: " + again);
        assertTrue(again.stream().anyMatch(call -> call.partition().equals(moved)), () -> "handled again: " + again);
        log.assertRises("b");
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatCameAndWhatWent(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 4, protocol);
        EventLog events = new EventLog();
        GroupConsumer first =
                members.start(group.member("a", new RecordingHandler("a", log)).listener(events));
        awaitShares(Map.of(first, 4));
        Set<TopicPartition> all = first.assignment();
        events.await(
                GroupEvent.RebalanceCompleted.class,
                done -> done.equals(new GroupEvent.RebalanceCompleted(all, Set.of(), all)));

        GroupConsumer second = members.start(group.member("b", new RecordingHandler("b", log)));
        awaitShares(Map.of(first, 2, second, 2));
        Set<TopicPartition> kept = first.assignment();
        Set<TopicPartition> moved = second.assignment();
        events.await(
                GroupEvent.RebalanceStarted.class, started -> started.current().equals(all));
        GroupEvent.RebalanceCompleted shared = protocol.isIncremental()
                ? new GroupEvent.RebalanceCompleted(Set.of(), moved, kept)
                : new GroupEvent.RebalanceCompleted(kept, all, kept);
        events.await(GroupEvent.RebalanceCompleted.class, shared::equals);

        second.close();
        GroupEvent.RebalanceCompleted back = protocol.isIncremental()
                ? new GroupEvent.RebalanceCompleted(moved, Set.of(), all)
                : new GroupEvent.RebalanceCompleted(all, kept, all);
        events.await(GroupEvent.RebalanceCompleted.class, back::equals);
        assertEquals(List.of(), events.of(GroupEvent.RebalanceFailed.class));
    }

    @ParameterizedTest
    @EnumSource
    void isReadyWithoutAPartitionAndTakesOverWhenOneIsFree(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1, protocol);
        GroupConsumer first = members.start(group.member("a", new RecordingHandler("a", log)));
        Await.until(
                "the first member has the partition", () -> first.assignment().size() == 1);
        GroupConsumer second = members.start(group.member("b", new RecordingHandler("b", log)));
        Await.until(() -> "both are ready; the second is " + second.state(), () -> first.isReady() && second.isReady());
        Await.until(
                "one of the two has the partition",
                () -> first.assignment().size() + second.assignment().size() == 1);

        first.close();
        List<String> written = group.produce(10);
        log.awaitValues(written);
        assertEquals(ConsumerState.RUNNING, second.state());
    }

    @ParameterizedTest
    @EnumSource
    void losesNothingWhenAMemberStandsStillAndComesBack(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 4, protocol);
        Meddler meddler = new Meddler();
        EventLog events = new EventLog();
        Timing timing = withDrain(SHORT_DRAIN);
        try (Load load = Load.on(group, 4)) {
            GroupConsumer first = members.start(group.member("a", new RecordingHandler("a", log))
                    .kafka(Map.of("max.poll.interval.ms", 2_500))
                    .timing(timing)
                    .environment(meddler.environment())
                    .listener(events));
            GroupConsumer second = members.start(
                    group.member("b", new RecordingHandler("b", log)).timing(timing));
            awaitShares(Map.of(first, 2, second, 2));

            meddler.freeze();
            awaitShares(Map.of(second, 4));
            meddler.thaw();
            events.await(GroupEvent.RebalanceFailed.class);
            awaitShares(Map.of(first, 2, second, 2));

            List<String> written = load.stop();
            log.awaitValues(written);
            log.assertNothingMissed(written);
            log.assertRises("b");
        }
        group.awaitNoLag();
    }

    private static Timing withDrain(Duration drain) {
        Timing usual = TestGroup.TIMING;
        return new Timing(usual.commitInterval(), drain, usual.stuckAfter(), usual.stallAfter());
    }

    private static void awaitShares(Map<GroupConsumer, Integer> shares) {
        Await.until(
                () -> {
                    Map<String, Set<TopicPartition>> now = new HashMap<>();
                    shares.keySet().forEach(one -> now.put(one.settings().name(), one.assignment()));
                    return "shares of " + shares.values() + ": " + now;
                },
                () -> shares.entrySet().stream()
                        .allMatch(share -> share.getKey().assignment().size() == share.getValue()));
    }
}
