package io.bywash.core.failure;

import static io.bywash.core.failure.Conditions.assertHeld;
import static io.bywash.core.failure.Conditions.awaitCondition;
import static io.bywash.core.failure.Conditions.awaitHeld;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.GroupConsumerBuilder;
import io.bywash.core.environment.Environment;
import io.bywash.core.event.PauseReason;
import io.bywash.core.fixture.Gate;
import io.bywash.core.fixture.Meddler;
import io.bywash.core.settings.Buffers;
import io.bywash.core.settings.Timing;
import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.Condition.Held;
import io.bywash.core.snapshot.HoldCause;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What holds a partition up without a record having failed is named as well. */
class EngineConditionTest {
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
                handler,
                group.builder().environment(Environment.system().with(new TamperedClients(Map.of("committed", () -> {
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
                                .with(new TamperedClients(Map.of(
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
}
