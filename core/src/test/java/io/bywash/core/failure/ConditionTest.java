package io.bywash.core.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.bywash.core.GroupConsumerBuilder;
import io.bywash.core.clients.KafkaClients;
import io.bywash.core.clients.TopicAdmin;
import io.bywash.core.environment.Environment;
import io.bywash.core.event.GroupEvent.PartitionStalled;
import io.bywash.core.event.PauseReason;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.fixture.Gate;
import io.bywash.core.fixture.Meddler;
import io.bywash.core.settings.Buffers;
import io.bywash.core.settings.OnFailure;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.Timing;
import io.bywash.core.snapshot.CallSnapshot;
import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.Condition.Held;
import io.bywash.core.snapshot.HoldCause;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.core.snapshot.WaitingRecord;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every partition moves, has nothing to do, or is held up by something that the snapshot names within seconds. */
class ConditionTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static final Timing WATCHFUL =
            new Timing(Duration.ofMillis(50), Duration.ofSeconds(3), Duration.ofMillis(400), Duration.ofMillis(400));

    private final Instant before = Instant.now();
    private final Gate gate = new Gate();
    private final Recording handler = new Recording((record, context) -> {
        if (record.value().startsWith("bad")) {
            throw new IllegalStateException("cannot take it");
        }
        if (record.value().startsWith("slow")) {
            gate.passDeafToInterrupts();
        }
    });
    private TestGroup group;

    @BeforeEach
    void createGroup() {
        group = new TestGroup(KAFKA.cluster(), 2);
    }

    @AfterEach
    void closeGroup() {
        gate.open();
        group.close();
    }

    private GroupConsumerBuilder watchful() {
        return group.builder().timing(WATCHFUL);
    }

    private Held awaitHeld(Member member, int partition, HoldCause cause) {
        Eventually.holds(
                () -> "partition " + partition + " is held by " + cause + " in "
                        + member.consumer().snapshot(),
                () -> held(member, partition)
                        .filter(one -> one.cause() == cause)
                        .isPresent());
        Held held = held(member, partition).orElseThrow();
        assertFalse(held.since().isBefore(before), () -> "not before anything was done: " + held);
        assertFalse(held.since().isAfter(Instant.now()), () -> "not in the future: " + held);
        return held;
    }

    private static Optional<Held> held(Member member, int partition) {
        return member.snapshot(partition)
                .map(PartitionSnapshot::condition)
                .filter(Held.class::isInstance)
                .map(Held.class::cast);
    }

    private static void awaitCondition(Member member, int partition, Condition expected) {
        Eventually.holds(
                () -> "partition " + partition + " is " + expected + " in "
                        + member.consumer().snapshot(),
                () -> member.snapshot(partition)
                        .filter(one -> one.condition().equals(expected))
                        .isPresent());
    }

    private static void assertHeld(boolean isWhole, long offset, String key, Held held) {
        assertEquals(isWhole, held.isWhole(), held::toString);
        assertEquals(offset, held.offset(), held::toString);
        assertEquals(Optional.of(key).filter(text -> !text.isEmpty()), held.key(), held::toString);
    }

    @Test
    void aPartitionWithNothingToReadIsIdleAndOneThatHasJustBegunToWaitAdvances() {
        Member member = group.start(handler);
        awaitCondition(member, 0, new Condition.Idle());
        group.produce(0, "slow");
        awaitCondition(member, 0, new Condition.Advancing());
        PartitionSnapshot seen = member.snapshot(0).orElseThrow();
        assertEquals("recording", seen.handler());
        assertEquals(1, seen.backlog());
        gate.open();
        awaitCondition(member, 0, new Condition.Idle());
        assertEquals(Duration.ZERO, member.snapshot(0).orElseThrow().behind());
    }

    @Test
    void aRetryHoldsTheWholePartitionWhereItIsKeptInOrder() {
        group.produce(0, "good", "bad", "behind it");
        Member member = group.start(handler, group.builder().failures(TestGroup.PATIENT));
        Held held = awaitHeld(member, 0, HoldCause.RETRY);
        assertHeld(true, 1, "key of bad", held);
        assertEquals(Optional.of(held.since().plus(Duration.ofHours(1))), held.until());

        PartitionSnapshot seen = member.snapshot(0).orElseThrow();
        WaitingRecord waiting = seen.waiting().get(0);
        assertEquals(1, waiting.offset());
        assertEquals(1, waiting.attempts());
        assertEquals(Optional.of("key of bad"), waiting.key());
        assertEquals(held.until(), waiting.until());
        assertEquals(2, seen.waitingCount(), "it and the one behind it");
        assertEquals(0, seen.backlog(), "nobody can help");
        assertTrue(seen.behind().compareTo(Duration.ZERO) > 0);
    }

    @Test
    void aRetryHoldsItsKeyWhereKeysAreKeptInOrder() {
        group.produce(0, "good", "bad", "bad", "bad", "another");
        Member member =
                group.start(handler, group.builder().failures(TestGroup.PATIENT).ordering(Ordering.key(4)));
        handler.awaitCalls(0, "good/1", "bad/1", "another/1");
        Held held = awaitHeld(member, 0, HoldCause.RETRY);
        assertHeld(false, 1, "key of bad", held);
        Eventually.holds(
                () -> "three wait in " + member.consumer().snapshot(),
                () -> member.snapshot(0).orElseThrow().waitingCount() == 3);
        PartitionSnapshot seen = member.snapshot(0).orElseThrow();
        assertEquals(1, seen.waiting().size(), "two only wait behind it");
        assertEquals(seen.lag() - 3, seen.backlog());
        assertEquals(Set.of(), seen.pauseReasons());
    }

    @Test
    void aRetrySaysSinceWhenTheRecordHasFailedAndNotSinceTheLastAttempt() {
        group.produce(0, "bad");
        Member member = group.start(
                handler,
                group.builder()
                        .failures(TestGroup.QUICK
                                .withMaxAttempts(1_000)
                                .withBackoff(new io.bywash.core.settings.Backoff(
                                        Duration.ofMillis(700), Duration.ofMillis(700), 1, 0))));
        Held first = awaitHeld(member, 0, HoldCause.RETRY);
        Eventually.holds(
                () -> "a later attempt in " + member.consumer().snapshot(),
                () -> member.snapshot(0).orElseThrow().waiting().stream().anyMatch(one -> one.attempts() >= 3));
        assertEquals(first.since(), awaitHeld(member, 0, HoldCause.RETRY).since());
    }

    @Test
    void aHaltNamesItsRecord() {
        group.produce(0, "good", "bad", "behind it");
        Member member = group.start(handler, group.builder().failures(TestGroup.QUICK.withOnFailure(OnFailure.HALT)));
        Held held = awaitHeld(member, 0, HoldCause.HALTED);
        assertHeld(true, 1, "key of bad", held);
        assertEquals(Optional.empty(), held.until());
        assertEquals(3, member.snapshot(0).orElseThrow().waiting().get(0).attempts());
        member.consumer().skipHalted(new RecordPosition(group.partition(0), 1));
        awaitCondition(member, 0, new Condition.Idle());
    }

    @Test
    void ofSeveralRecordsTheOneThatAnOperatorHasToSeeToIsTold() {
        Member member = group.start(
                new Recording((record, context) -> {
                    if (record.value().equals("hopeless")) {
                        throw new io.bywash.handler.NonRetriableException("never");
                    }
                    throw new IllegalStateException("cannot take it");
                }),
                group.builder()
                        .failures(TestGroup.PATIENT.withOnFailure(OnFailure.HALT))
                        .ordering(Ordering.key(4)));
        group.produce(0, "bad", "worse", "hopeless");
        assertHeld(false, 2, "key of hopeless", awaitHeld(member, 0, HoldCause.HALTED));
        Eventually.holds(
                () -> "all three are named in " + member.consumer().snapshot(),
                () -> member.snapshot(0).orElseThrow().waiting().stream()
                        .map(WaitingRecord::cause)
                        .toList()
                        .equals(List.of(HoldCause.RETRY, HoldCause.RETRY, HoldCause.HALTED)));
    }

    @Test
    void aDeadLetterTopicThatIsDownIsNamedWithTheNextTry() throws Exception {
        Member member = group.start(
                handler,
                group.builder()
                        .timing(new Timing(
                                Duration.ofMillis(50),
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(1))));
        group.awaitDeadLetterTopic();
        KAFKA.cluster()
                .admin()
                .deleteTopics(List.of(group.deadLetterTopic()))
                .all()
                .get();
        group.produce(0, "bad");
        Held held = awaitHeld(member, 0, HoldCause.DEAD_LETTER_DOWN);
        assertHeld(true, 0, "key of bad", held);
        assertTrue(held.until().orElseThrow().isAfter(held.since()), held::toString);
        assertTrue(held.why().startsWith(group.deadLetterTopic() + " does not take it: "), held::why);
    }

    @Test
    void aSlowCallIsNamedWithItsThreadAndStackAndSoIsTheStall() {
        group.produce(0, "good", "slow", "behind it");
        CapturedLog log = new CapturedLog(Map.of("io.bywash." + group.group(), Level.ERROR));
        Member member = group.start(handler, watchful());
        Held held = awaitHeld(member, 0, HoldCause.SLOW_CALL);
        assertHeld(true, 1, "key of slow", held);
        CallSnapshot call = member.snapshot(0).orElseThrow().calls().get(0);
        assertEquals(1, call.offset());
        assertEquals(1, call.attempt());
        assertTrue(call.thread().contains(group.topic() + "-0"), call::thread);
        assertTrue(isAtTheGate(call.stack().get()), () -> call.stack().get().toString());

        PartitionStalled stalled = member.events().await(PartitionStalled.class);
        assertEquals(new RecordPosition(group.partition(0), 1), stalled.at());
        assertEquals("SLOW_CALL", stalled.hold().cause());
        assertEquals(stalled.at(), stalled.hold().record());
        assertEquals(Optional.of("key of slow"), stalled.hold().key());
        assertTrue(isAtTheGate(stalled.call().orElseThrow().stack()), stalled::toString);
        Eventually.holds(
                "the stall is in the log", () -> !log.with("has stood at").isEmpty());
        log.close();
        String line = log.with("has stood at").get(0);
        for (String part : List.of("SLOW_CALL", "key of slow", HoldCause.SLOW_CALL.remedy(), "passDeafToInterrupts")) {
            assertTrue(line.contains(part), line);
        }

        gate.open();
        Eventually.holds("the call is over", () -> call.stack().get().isEmpty());
        awaitCondition(member, 0, new Condition.Idle());
    }

    private static boolean isAtTheGate(List<StackTraceElement> stack) {
        return stack.stream().anyMatch(frame -> frame.getMethodName().equals("passDeafToInterrupts"));
    }

    @Test
    void aSlowCallHoldsPartOfAPartitionWhereKeysAreKeptInOrder() {
        group.produce(0, "slow", "good");
        Member member = group.start(handler, watchful().ordering(Ordering.key(4)));
        assertHeld(false, 0, "key of slow", awaitHeld(member, 0, HoldCause.SLOW_CALL));
        CallSnapshot call = member.snapshot(0).orElseThrow().calls().get(0);
        assertTrue(isAtTheGate(call.stack().get()), () -> call.stack().get().toString());
    }

    @Test
    void aPartitionThatWaitsForALaneSaysSo() {
        group.produce(0, "slow");
        Member member = group.start(handler, watchful().ordering(Ordering.key(1)));
        handler.awaitCalls(0, "slow/1");
        group.produce(1, "good", "better");
        Held held = awaitHeld(member, 1, HoldCause.LANES_BUSY);
        assertEquals(0, held.offset());
        assertEquals(2, member.snapshot(1).orElseThrow().backlog(), "another process could take it");
        PartitionStalled stalled = member.events()
                .await(PartitionStalled.class, one -> one.hold().cause().equals("LANES_BUSY"));
        assertEquals(new RecordPosition(group.partition(1), 0), stalled.at());
    }

    @Test
    void aPauseByAnOperatorIsNamedFromTheMomentItWasAskedFor() {
        Member member = group.start(handler);
        awaitCondition(member, 1, new Condition.Idle());
        member.consumer().pause(Set.of(group.partition(1)));
        assertHeld(true, 0, "", awaitHeld(member, 1, HoldCause.OPERATOR));
        group.produce(1, "good");
        Eventually.holds(
                () -> "the lag is known, though nothing is fetched: "
                        + member.consumer().snapshot(),
                () -> member.snapshot(1).filter(one -> one.lag() == 1).isPresent());
        assertEquals(0, member.snapshot(1).orElseThrow().backlog());
        Eventually.holds(
                () -> "what waits in the log grows old: " + member.consumer().snapshot(),
                () -> !member.snapshot(1).orElseThrow().behind().isZero());
        member.consumer().resume(Set.of(group.partition(1)));
        awaitCondition(member, 1, new Condition.Idle());
    }

    @Test
    void aPositionThatDoesNotExistIsNamed() throws Exception {
        group.produce(0, "good");
        KAFKA.cluster()
                .admin()
                .alterConsumerGroupOffsets(group.group(), Map.of(group.partition(0), new OffsetAndMetadata(7)))
                .all()
                .get();
        Member member = group.start(handler);
        Held held = awaitHeld(member, 0, HoldCause.POSITION);
        assertHeld(true, 7, "", held);
        assertTrue(held.why().contains("does not exist any more"), held::why);
    }

    @Test
    void aPositionThatTheBrokerDoesNotTellIsNamedWithTheNextTry() {
        AtomicBoolean silent = new AtomicBoolean(true);
        Member member = group.start(
                handler, group.builder().environment(Environment.system().with(new Tampered(Map.of("committed", () -> {
                    if (silent.get()) {
                        throw new TimeoutException("nobody is there");
                    }
                    return Optional.empty();
                })))));
        Held held = awaitHeld(member, 0, HoldCause.POSITION);
        assertTrue(held.why().endsWith("nobody is there"), held::why);
        assertTrue(held.until().isPresent());
        assertEquals(-1, member.snapshot(0).orElseThrow().frontier());
        silent.set(false);
        awaitCondition(member, 0, new Condition.Idle());
    }

    @Test
    void theCallOfAFormerOwnershipIsNamed() {
        group.produce(0, "good", "slow");
        Member member = group.start(handler);
        handler.awaitCalls(0, "good/1", "slow/1");
        member.consumer().reset(group.partition(0), 1);
        Held held = awaitHeld(member, 0, HoldCause.PREDECESSOR);
        assertHeld(true, 1, "", held);
        gate.open();
        awaitCondition(member, 0, new Condition.Idle());
    }

    @Test
    void aMemoryThatIsFullIsNamed() {
        group.produce(0, "slow, and long: " + "x".repeat(2_000));
        Member member = group.start(handler, group.builder().buffers(new Buffers(1_000, 1_024)));
        assertHeld(false, 1, "", awaitHeld(member, 0, HoldCause.MEMORY));
    }

    @Test
    void commitsThatAreRefusedAreNamedAndSoAreThoseThatAreNotAnswered() {
        Meddler meddler = new Meddler();
        AtomicBoolean answers = new AtomicBoolean(true);
        meddler.interceptCommits((consumer, offsets, callback) -> {
            if (answers.get()) {
                callback.onComplete(offsets, new GroupAuthorizationException("the group is none of yours"));
            }
        });
        group.produce(0, "good");
        Member member = group.start(handler, group.builder().environment(meddler.environment()));
        Held held = awaitHeld(member, 0, HoldCause.COMMIT);
        assertHeld(false, 0, "", held);
        assertTrue(held.why().contains("offset 1 is not committed"), held::why);
        assertTrue(held.why().contains("the group is none of yours"), held::why);

        answers.set(false);
        meddler.interceptCommits(Consumer::commitAsync);
        awaitCondition(member, 0, new Condition.Idle());
        meddler.interceptCommits((consumer, offsets, callback) -> {});
        group.produce(0, "better");
        assertTrue(awaitHeld(member, 0, HoldCause.COMMIT).why().endsWith("the broker does not answer"));
    }

    @Test
    void aLogThatGoesOnButOfWhichNothingArrivesIsNamed() {
        AtomicBoolean isLonger = new AtomicBoolean(true);
        Member member = group.start(
                handler,
                watchful()
                        .environment(Environment.system()
                                .with(new Tampered(Map.of(
                                        "currentLag",
                                        () -> isLonger.get() ? Optional.of(OptionalLong.of(5)) : Optional.empty())))));
        Held held = awaitHeld(member, 0, HoldCause.FETCH);
        assertHeld(true, 0, "", held);
        assertTrue(held.why().contains("the log goes on to 5"), held::why);
        isLonger.set(false);
    }

    @Test
    void aConsumerThatClosesSaysSoOfItsPartitionsAndThenHasNone() {
        group.produce(0, "slow");
        Member member = group.start(handler);
        handler.awaitCalls(0, "slow/1");
        member.consumer().stop(Duration.ofSeconds(40));
        awaitHeld(member, 0, HoldCause.CLOSING);
        assertTrue(member.snapshot(0).orElseThrow().pauseReasons().contains(PauseReason.CLOSING));
        assertTrue(member.consumer().turnAge().compareTo(Duration.ofSeconds(20)) < 0);
        gate.open();
        Eventually.holds("it ends", () -> member.consumer().state().isFinal());
        assertEquals(List.of(), member.consumer().snapshot().partitions());
        assertEquals(member.consumer().state(), member.consumer().snapshot().state());
        assertEquals(Duration.ZERO, member.consumer().turnAge());
    }

    /** What a call is answered with instead; nothing if the client is to answer. */
    @FunctionalInterface
    private interface Answer {
        Optional<Object> get();
    }

    /** Clients of which the consumer answers some calls otherwise. */
    private record Tampered(Map<String, Answer> answers) implements KafkaClients {

        @Override
        @SuppressWarnings("unchecked") // the proxy stands for a consumer of bytes
        public Consumer<byte[], byte[]> consumer(Map<String, Object> properties) {
            Consumer<byte[], byte[]> real = Environment.system().clients().consumer(properties);
            return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                    ConditionTest.class.getClassLoader(),
                    new Class<?>[] {Consumer.class},
                    (proxy, method, arguments) -> {
                        Optional<Object> answer = Stream.ofNullable(answers.get(method.getName()))
                                .flatMap(one -> one.get().stream())
                                .findFirst();
                        try {
                            return answer.isPresent() ? answer.get() : method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Override
        public Producer<byte[], byte[]> producer(Map<String, Object> properties) {
            return Environment.system().clients().producer(properties);
        }

        @Override
        public TopicAdmin admin(Map<String, Object> properties) {
            return Environment.system().clients().admin(properties);
        }
    }
}
