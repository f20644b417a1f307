package io.bywash.core.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.GroupEvent.JumpReason;
import io.bywash.core.event.GroupEvent.PartitionHalted;
import io.bywash.core.event.GroupEvent.PositionJumped;
import io.bywash.core.event.GroupEvent.Skipped;
import io.bywash.core.event.PauseReason;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.OnFailure;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HaltTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static final FailurePolicy SKIP = TestGroup.QUICK.withOnFailure(OnFailure.SKIP);
    private static final FailurePolicy HALT = TestGroup.QUICK.withOnFailure(OnFailure.HALT);

    private final AtomicBoolean mended = new AtomicBoolean();
    private final Recording handler = new Recording((record, context) -> {
        if (record.value().startsWith("bad") && !mended.get()) {
            throw new IllegalStateException("cannot take it");
        }
    });
    private TestGroup group;

    @BeforeEach
    void createGroup() {
        group = new TestGroup(KAFKA.cluster(), 2);
    }

    @AfterEach
    void closeGroup() {
        group.close();
    }

    @Test
    void skippingLeavesTheRecordOutAndWritesItNowhere() {
        group.produce(0, "bad", "good");
        Member member = group.start(handler, group.builder().failures(SKIP));

        group.awaitCommitted(0, 2);
        assertEquals(List.of("bad/1", "bad/2", "bad/3", "good/1"), handler.of(0));
        Skipped skipped = member.events().await(Skipped.class);
        assertEquals(new RecordPosition(group.partition(0), 0), skipped.record());
        assertEquals(3, skipped.attempts());
        assertEquals("cannot take it", skipped.cause().getMessage());
        assertFalse(group.hasDeadLetterTopic());
    }

    @Test
    void haltingStopsOnePartitionAndNoOther() {
        group.produce(0, "good", "bad", "behind it");
        group.produce(1, "a");
        Member member = group.start(handler, group.builder().failures(HALT));

        String why = member.awaitPaused(0, PauseReason.HALTED).why();
        group.produce(1, "b");
        group.awaitCommitted(1, 2);

        assertTrue(why.contains("cannot take it"), why);
        PartitionHalted halted = member.events().await(PartitionHalted.class);
        assertEquals(new RecordPosition(group.partition(0), 1), halted.at());
        assertEquals(List.of("good/1", "bad/1", "bad/2", "bad/3"), handler.of(0));
        group.awaitCommitted(0, 1);
    }

    @Test
    void aHaltedRecordIsTriedAgainOnDemandWithAllItsAttempts() {
        group.produce(0, "bad", "behind it");
        Member member = group.start(handler, group.builder().failures(HALT));
        member.awaitPaused(0, PauseReason.HALTED);

        mended.set(true);
        member.consumer().retryHalted(at(0, 0));

        group.awaitCommitted(0, 2);
        assertEquals(List.of("bad/1", "bad/2", "bad/3", "bad/1", "behind it/1"), handler.of(0));
    }

    @Test
    void aHaltedRecordIsLeftOutOnDemand() {
        group.produce(0, "bad", "behind it");
        Member member = group.start(handler, group.builder().failures(HALT));
        member.awaitPaused(0, PauseReason.HALTED);

        assertTrue(member.consumer().skipHalted(at(0, 0)));

        group.awaitCommitted(0, 2);
        assertEquals(List.of("bad/1", "bad/2", "bad/3", "behind it/1"), handler.of(0));
        assertEquals(3, member.events().await(Skipped.class).attempts());
    }

    @Test
    void anOrderAboutARecordThatIsNotHaltedIsNotKeptForLater() {
        Member member = group.start(handler, group.builder().failures(HALT));
        group.produce(0, "good");
        group.awaitCommitted(0, 1);
        assertFalse(member.consumer().skipHalted(at(0, 1)));
        // The second of two records handled one after the other was polled after the decision reached the poll thread.
        group.produce(1, "a");
        group.awaitCommitted(1, 1);
        group.produce(1, "b");
        group.awaitCommitted(1, 2);

        group.produce(0, "bad", "behind it");
        member.events().await(PartitionHalted.class);
        group.produce(1, "c");
        group.awaitCommitted(1, 3);

        assertEquals(List.of("good/1", "bad/1", "bad/2", "bad/3"), handler.of(0));
        assertTrue(member.events().all(Skipped.class).isEmpty());
    }

    @Test
    void aRestartTriesAgain() {
        group.produce(0, "good", "bad", "behind it");
        Member member = group.start(handler, group.builder().failures(HALT));
        member.awaitPaused(0, PauseReason.HALTED);
        group.awaitCommitted(0, 1);
        member.leave();

        mended.set(true);
        Recording second = new Recording((record, context) -> {});
        group.start(second, group.builder().failures(HALT));

        group.awaitCommitted(0, 3);
        assertEquals(List.of("bad/1", "behind it/1"), second.of(0));
    }

    @Test
    void aHaltSurvivesARebalance() {
        group.produce(0, "bad", "behind it");
        group.produce(1, "bad", "behind it");
        Member first = group.start(handler, group.builder().failures(HALT));
        first.awaitPaused(0, PauseReason.HALTED);
        first.awaitPaused(1, PauseReason.HALTED);

        Recording elsewhere = new Recording((record, context) -> {});
        Member second = group.start(elsewhere, group.builder().failures(HALT));

        PartitionHalted halted = second.events().await(PartitionHalted.class);
        int moved = halted.at().partition().partition();
        assertEquals(0, halted.at().offset());
        assertTrue(halted.cause().getMessage().contains("failed 3 times under a former owner"), halted.toString());
        second.awaitPaused(moved, PauseReason.HALTED);
        assertEquals(List.of(), elsewhere.of(moved));
        assertEquals(0L, group.committed(moved).map(OffsetAndMetadata::offset).orElseThrow());

        assertFalse(first.consumer().skipHalted(at(moved, 0)), "it is elsewhere");
        assertTrue(second.consumer().skipHalted(at(moved, 0)));
        group.awaitCommitted(moved, 2);
        assertEquals(List.of("behind it/1"), elsewhere.of(moved));
    }

    @Test
    void aPartitionThatIsHaltedAtAPositionGoesOnAtAnother() throws Exception {
        group.produce(0, "a", "b", "c");
        KAFKA.cluster()
                .admin()
                .alterConsumerGroupOffsets(group.group(), Map.of(group.partition(0), new OffsetAndMetadata(5)))
                .all()
                .get();
        Member member = group.start(handler, group.builder().failures(HALT));
        PartitionHalted halted = member.events().await(PartitionHalted.class);
        assertEquals(new RecordPosition(group.partition(0), 5), halted.at());
        assertFalse(member.consumer().skipHalted(at(0, 5)), "there is no record");

        member.consumer().reset(group.partition(0), 1);
        group.awaitCommitted(0, 3);
        assertEquals(List.of("b/1", "c/1"), handler.of(0));
        PositionJumped jump = member.events().await(PositionJumped.class, event -> event.reason() == JumpReason.RESET);
        assertEquals(new PositionJumped(group.partition(0), 5, 1, JumpReason.RESET), jump);
    }

    @Test
    void aNegativePositionIsRefused() {
        Member member = group.start(handler);
        assertThrows(IllegalArgumentException.class, () -> member.consumer().reset(group.partition(0), -1));
    }

    private RecordPosition at(int partition, long offset) {
        return new RecordPosition(group.partition(partition), offset);
    }
}
