package io.bywash.core.failure;

import static io.bywash.core.failure.Conditions.assertHeld;
import static io.bywash.core.failure.Conditions.awaitCondition;
import static io.bywash.core.failure.Conditions.awaitHeld;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.bywash.core.GroupConsumerBuilder;
import io.bywash.core.event.GroupEvent.PartitionStalled;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.fixture.CapturedLog;
import io.bywash.core.fixture.Gate;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        Eventually.holds(
                () -> "the brokers know that " + group.deadLetterTopic() + " is gone",
                () -> !group.hasDeadLetterTopic());
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
}
