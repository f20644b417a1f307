package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.EventLog;
import io.bywash.core.fixture.Gate;
import io.bywash.core.fixture.KeyLog;
import io.bywash.core.fixture.Meddler;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.Protocol;
import io.bywash.core.fixture.RecordingHandler;
import io.bywash.core.fixture.TestGroup;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.Timing;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Partitions with many records under way change hands without loss, and no key is ever in two hands. */
class LaneRebalanceTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static final int PARTITIONS = 4;
    private static final Duration SHORT_DRAIN = Duration.ofMillis(800);

    @AutoClose
    private final Members members = new Members();

    private final KeyLog log = new KeyLog();
    private final RecordingHandler.Work takesItsTime = (record, context) -> {
        if (ThreadLocalRandom.current().nextInt(4) > 0) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(8_000_000));
        }
    };

    private GroupConsumerBuilder member(TestGroup group, String name, RecordingHandler.Work work) {
        return group.member(name, log.handler(work)).ordering(Ordering.key(64));
    }

    private static List<String> produce(TestGroup group, int perPartition) {
        List<String> written = new ArrayList<>();
        Random random = new Random(1);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            written.addAll(group.produceTo(
                    partition,
                    IntStream.range(0, perPartition)
                            .mapToObj(i -> "key " + random.nextInt(60))
                            .toList()));
        }
        return written;
    }

    @ParameterizedTest
    @EnumSource
    void handsOverUnderLoadWithoutLossOrRepetition(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), PARTITIONS, protocol);
        List<String> written = produce(group, 4_000);
        GroupConsumer first = members.start(member(group, "a", takesItsTime));
        log.awaitFinished(500);

        GroupConsumer second = members.start(member(group, "b", takesItsTime));
        awaitShares(Map.of(first, 2, second, 2));
        written.addAll(produce(group, 1_000));
        assertTrue(first.close(Duration.ofSeconds(30)));
        awaitShares(Map.of(second, 4));

        log.awaitValues(written);
        log.assertOrder();
        log.assertEachOnce(written);
        group.awaitNoLag();
    }

    @ParameterizedTest
    @EnumSource
    void waitsForAllCallsInFlightAndTellsWhatIsComplete(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), PARTITIONS, protocol);
        List<String> written = produce(group, 300);
        Gate gate = new Gate();
        // Some keys wait, so that all others are complete far beyond them when the partition goes.
        GroupConsumer first = members.start(member(group, "a", (record, context) -> {
            if (record.offset() < 3) {
                Await.until("the partition goes, or it stays", () -> context.isRevoking() || gate.isOpen());
            }
        }));
        Await.until("many are complete", () -> log.finished().size() > 4 * 200);

        GroupConsumer second = members.start(member(group, "b", takesItsTime));
        awaitShares(Map.of(first, 2, second, 2));
        gate.open();
        log.awaitValues(written);
        log.assertOrder();
        log.assertEachOnce(written);
        group.awaitNoLag();
    }

    @ParameterizedTest
    @EnumSource
    void interruptsAllCallsThatOutlastTheDrain(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), PARTITIONS, protocol);
        Gate never = new Gate();
        EventLog events = new EventLog();
        List<String> written = produce(group, 300);
        Timing usual = TestGroup.TIMING;
        GroupConsumer first = members.start(member(group, "a", (record, context) -> {
                    if (record.offset() % 20 == 5) {
                        never.pass();
                    }
                })
                .timing(new Timing(usual.commitInterval(), SHORT_DRAIN, usual.stuckAfter(), usual.stallAfter()))
                .listener(events));
        never.awaitWaiting(20);

        // After the drain nobody waits for calls of another process that have not ended yet, so each has a log of its
        // own.
        KeyLog others = new KeyLog();
        GroupConsumer second = members.start(group.member("b", others.handler()).ordering(Ordering.key(64)));
        awaitShares(Map.of(first, 2, second, 2));
        first.close(SHORT_DRAIN);
        group.awaitNoLag();
        assertEquals(List.of(), events.of(GroupEvent.AttemptFailed.class), "an interrupted attempt is no failure");
        log.assertOrder();
        others.assertOrder();
        List<String> finished = new ArrayList<>(log.finished());
        finished.addAll(others.finished());
        assertEquals(written.size(), finished.size());
        assertEquals(Set.copyOf(written), Set.copyOf(finished));
    }

    @ParameterizedTest
    @EnumSource
    void losesNothingWhenAMemberStandsStillAndComesBack(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), PARTITIONS, protocol);
        Meddler meddler = new Meddler();
        EventLog events = new EventLog();
        List<String> written = produce(group, 4_000);
        GroupConsumer first = members.start(member(group, "a", takesItsTime)
                .environment(meddler.environment())
                .kafka(Map.of("max.poll.interval.ms", 2_500))
                .timing(new Timing(Duration.ofMillis(50), SHORT_DRAIN, Duration.ofMinutes(1), Duration.ofMinutes(1)))
                .listener(events));
        log.awaitFinished(100);
        KeyLog others = new KeyLog();
        GroupConsumer second =
                members.start(group.member("b", others.handler(takesItsTime)).ordering(Ordering.key(64)));
        awaitShares(Map.of(first, 2, second, 2));
        meddler.freeze();
        awaitShares(Map.of(second, PARTITIONS));
        meddler.thaw();
        events.await(GroupEvent.RebalanceFailed.class);
        awaitShares(Map.of(first, 2, second, 2));
        written.addAll(produce(group, 200));

        Await.until("all is handled by the one or the other", () -> {
            Set<String> all = new HashSet<>(log.finished());
            all.addAll(others.finished());
            return all.containsAll(written);
        });
        others.assertOrder();
        group.awaitNoLag();
    }

    private static void awaitShares(Map<GroupConsumer, Integer> shares) {
        Await.until(
                () -> "shares of " + shares.values() + ": "
                        + shares.keySet().stream()
                                .map(GroupConsumer::assignment)
                                .toList(),
                () -> shares.entrySet().stream()
                        .allMatch(share -> share.getKey().assignment().size() == share.getValue()));
    }
}
