package io.bywash.core.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.GroupEvent.AttemptFailed;
import io.bywash.core.event.GroupEvent.DeadLettered;
import io.bywash.core.event.GroupEvent.NextStep;
import io.bywash.core.event.PauseReason;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AttemptsTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

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
    void aRecordIsTriedExactlyAsOftenAsAllowedAndNoneOvertakesIt() {
        group.produce(0, "first", "bad", "last");
        Recording handler = new Recording((record, context) -> {
            if (record.value().equals("bad")) {
                throw new IllegalStateException("cannot take it");
            }
        });
        Member member = group.start(handler);

        group.awaitCommitted(0, 3);
        assertEquals(List.of("first/1", "bad/1", "bad/2", "bad/3", "last/1"), handler.of(0));
        List<AttemptFailed> failures = member.events().all(AttemptFailed.class);
        assertEquals(
                List.of(NextStep.RETRY, NextStep.RETRY, NextStep.DEAD_LETTER),
                failures.stream().map(AttemptFailed::next).toList());
        assertEquals(
                List.of(1, 2, 3), failures.stream().map(AttemptFailed::attempt).toList());
        RecordPosition bad = new RecordPosition(group.partition(0), 1);
        assertEquals(
                new DeadLettered(bad, group.deadLetterTopic(), 3),
                member.events().await(DeadLettered.class));
    }

    @Test
    void otherPartitionsGoOnWhileOneWaitsForItsNextAttempt() {
        group.produce(0, "bad", "behind it");
        group.produce(1, "a", "b", "c");
        Recording handler = new Recording((record, context) -> {
            if (record.value().equals("bad")) {
                throw new IllegalStateException("cannot take it yet");
            }
        });
        Member member = group.start(handler, group.builder().failures(TestGroup.PATIENT));

        PartitionSnapshot waiting = member.awaitPaused(0, PauseReason.RETRY);
        group.produce(1, "d");
        group.awaitCommitted(1, 4);

        assertTrue(waiting.why().startsWith("attempt 2 follows 60 min after: "), waiting.why());
        assertEquals(List.of("a/1", "b/1", "c/1", "d/1"), handler.of(1));
        assertEquals(List.of("bad/1"), handler.of(0));
    }

    @Test
    void aRetryCountBelongsToOneRecord() {
        group.produce(0, "odd-1", "odd-2");
        group.produce(1, "well");
        Recording handler = new Recording((record, context) -> {
            if (record.value().startsWith("odd") && context.attempt() < 3) {
                throw new IllegalStateException("attempt " + context.attempt() + " fails");
            }
        });
        group.start(handler);

        group.awaitCommitted(0, 2);
        group.awaitCommitted(1, 1);
        assertEquals(List.of("odd-1/1", "odd-1/2", "odd-1/3", "odd-2/1", "odd-2/2", "odd-2/3"), handler.of(0));
        assertTrue(group.deadLetters().isEmpty());
    }

    @Test
    void theNextOwnerCountsOn() {
        group.produce(0, "before", "bad");
        Recording first = new Recording((record, context) -> {
            if (record.value().equals("bad")) {
                throw new IllegalStateException("no");
            }
        });
        Member member = group.start(first, group.builder().failures(TestGroup.PATIENT));
        member.awaitPaused(0, PauseReason.RETRY);
        member.leave();

        Recording second = new Recording((record, context) -> {
            throw new IllegalStateException("still no");
        });
        FailurePolicy four = TestGroup.QUICK.withMaxAttempts(4);
        Member successor = group.start(second, group.builder().failures(four));

        group.awaitCommitted(0, 2);
        assertEquals(List.of("before/1", "bad/1"), first.of(0));
        assertEquals(List.of("bad/2", "bad/3", "bad/4"), second.of(0));
        assertEquals(4, successor.events().await(DeadLettered.class).attempts());
    }

    @Test
    void aRecordWhoseAttemptsAreUsedUpIsNotTriedByTheNextOwner() {
        group.produce(0, "bad", "good");
        Member member = group.start(
                (record, context) -> {
                    throw new IllegalStateException("no");
                },
                group.builder().failures(TestGroup.PATIENT));
        member.awaitPaused(0, PauseReason.RETRY);
        member.leave();

        Recording second = new Recording((record, context) -> {});
        group.start(second, group.builder().failures(TestGroup.QUICK.withMaxAttempts(1)));

        group.awaitCommitted(0, 2);
        assertEquals(List.of("good/1"), second.of(0));
        assertEquals(1, group.awaitDeadLetters(1).size());
    }
}
