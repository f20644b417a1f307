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
import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.Batching;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.Timing;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Partitions with many records under way change hands without loss, and no key is ever in two hands. */
class LaneRebalanceTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static final int PARTITIONS = 4;
    private static final Duration SHORT_DRAIN = Duration.ofMillis(800);

    private static final FailurePolicy NEVER_GIVES_UP = FailurePolicy.DEFAULT
            .withMaxAttempts(1_000)
            .withBackoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), 1, 0));

    /** The offset of the call that is held in each partition. */
    private static final int HELD = 50;

    /** More than all members get through between two looks of a test. */
    private static final int PLENTY = 2_000;

    @AutoClose
    private final Members members = new Members();

    /** Works on stages. */
    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final KeyLog log = new KeyLog();
    private final AtomicInteger endedWhileItWent = new AtomicInteger();

    /** Takes up to some milliseconds, and fails now and then. */
    private final RecordingHandler.Work takesItsTime = (record, context) -> {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        if (random.nextInt(4) > 0) {
            LockSupport.parkNanos(random.nextInt(8_000_000));
        }
        if (context.isRevoking()) {
            endedWhileItWent.incrementAndGet();
        }
        if (random.nextInt(20) == 0) {
            throw new IllegalStateException("not this time");
        }
    };

    private static GroupConsumerBuilder member(TestGroup group, String name, TopicHandler<String, String> handler) {
        return group.member(name, handler).ordering(Ordering.key(64)).failures(NEVER_GIVES_UP);
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
        handsOverUnderLoad(protocol, log::handler);
    }

    @Test
    void handsOverStagesUnderLoadWithoutLossOrRepetition() {
        handsOverUnderLoad(Protocol.CONSUMER, work -> log.stages(work, threads));
    }

    @Test
    void handsOverBatchesUnderLoadWithoutLossOrRepetition() {
        handsOverUnderLoad(Protocol.COOPERATIVE, log::batches);
    }

    private void handsOverUnderLoad(
            Protocol protocol, Function<RecordingHandler.Work, TopicHandler<String, String>> shape) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), PARTITIONS, protocol);
        List<String> written = produce(group, 1_000);
        Holding holding = new Holding();
        GroupConsumer first = members.start(underLoad(group, "a", shape.apply(holding)));
        holding.awaitHeld(PARTITIONS);

        GroupConsumer second = members.start(underLoad(group, "b", shape.apply(takesItsTime)));
        awaitShares(Map.of(first, 2, second, 2), () -> written.addAll(produceUnlessPlenty(group, written)));
        int ended = endedWhileItWent.get();
        assertTrue(ended >= 2, () -> ended + " calls were in flight when partitions went to the second member");
        int held = holding.held.get();
        holding.all = true;
        written.addAll(produce(group, 1_000));
        holding.awaitHeld(held + 1);
        assertTrue(first.close(Duration.ofSeconds(30)));
        assertTrue(endedWhileItWent.get() > ended, "no call was in flight when the first member left");
        awaitShares(Map.of(second, 4));

        log.awaitValues(written);
        log.assertOrder();
        log.assertEachOnce(written);
        assertTrue(log.begun().size() > written.size(), "no call failed");
        group.awaitNoLag();
    }

    /** Has one call of each partition wait until that goes, and in the end all calls. */
    private final class Holding implements RecordingHandler.Work {
        private final AtomicInteger held = new AtomicInteger();
        private volatile boolean all;

        @Override
        public void on(ConsumerRecord<String, String> record, HandlerContext context) throws Exception {
            if (all || record.offset() == HELD) {
                held.incrementAndGet();
                Await.until("the partition goes", context::isRevoking);
            }
            takesItsTime.on(record, context);
        }

        void awaitHeld(int count) {
            Await.until(() -> held + " of " + count + " calls wait", () -> held.get() >= count);
        }
    }

    private static GroupConsumerBuilder underLoad(TestGroup group, String name, TopicHandler<String, String> handler) {
        return member(group, name, handler).batching(new Batching(10, 1 << 20, Duration.ofMillis(5)));
    }

    private List<String> produceUnlessPlenty(TestGroup group, List<String> written) {
        return written.size() - log.count() < PLENTY ? produce(group, PLENTY / PARTITIONS) : List.of();
    }

    @ParameterizedTest
    @EnumSource
    void waitsForAllCallsInFlightAndTellsWhatIsComplete(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), PARTITIONS, protocol);
        List<String> written = produce(group, 300);
        Gate gate = new Gate();
        // Some keys wait, so that all others are complete far beyond them when the partition goes.
        GroupConsumer first = members.start(member(group, "a", log.handler((record, context) -> {
            if (record.offset() < 3) {
                Await.until("the partition goes, or it stays", () -> context.isRevoking() || gate.isOpen());
            }
        })));
        Await.until("many are complete", () -> log.finished().size() > 4 * 200);

        GroupConsumer second = members.start(member(group, "b", log.handler(takesItsTime)));
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
        GroupConsumer first = members.start(member(group, "a", log.handler((record, context) -> {
                    if (record.offset() % 20 == 5) {
                        never.pass();
                    }
                }))
                .timing(new Timing(usual.commitInterval(), SHORT_DRAIN, usual.stuckAfter(), usual.stallAfter()))
                .listener(events));
        never.awaitWaiting(20);

        // After the drain nobody waits for calls of another process that have not ended yet, so each has a log of its
        // own.
        KeyLog others = new KeyLog();
        GroupConsumer second = members.start(member(group, "b", others.handler()));
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
        AtomicBoolean holding = new AtomicBoolean();
        Gate gate = new Gate();
        List<String> written = produce(group, 1_000);
        GroupConsumer first = members.start(member(group, "a", log.handler((record, context) -> {
                    takesItsTime.on(record, context);
                    if (holding.get()) {
                        gate.passDeafToInterrupts();
                    }
                }))
                .environment(meddler.environment())
                .kafka(Map.of("max.poll.interval.ms", 2_500))
                .timing(new Timing(Duration.ofMillis(50), SHORT_DRAIN, Duration.ofMinutes(1), Duration.ofMinutes(1)))
                .listener(events));
        log.awaitFinished(100);
        KeyLog others = new KeyLog();
        GroupConsumer second = members.start(member(group, "b", others.handler(takesItsTime)));
        awaitShares(Map.of(first, 2, second, 2));
        holding.set(true);
        written.addAll(produce(group, 200));
        gate.awaitWaiting(20);
        meddler.freeze();
        awaitShares(Map.of(second, PARTITIONS));
        meddler.thaw();
        events.await(GroupEvent.RebalanceFailed.class);
        gate.open();
        events.await(GroupEvent.LateResult.class);
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
        awaitShares(shares, () -> {});
    }

    private static void awaitShares(Map<GroupConsumer, Integer> shares, Runnable meanwhile) {
        Await.until(
                () -> "shares of " + shares.values() + ": "
                        + shares.keySet().stream()
                                .map(GroupConsumer::assignment)
                                .toList(),
                () -> {
                    meanwhile.run();
                    return shares.entrySet().stream()
                            .allMatch(share -> share.getKey().assignment().size() == share.getValue());
                });
    }
}
