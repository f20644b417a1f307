package io.bywash.core.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent.AttemptFailed;
import io.bywash.core.event.GroupEvent.HandlerStuck;
import io.bywash.core.event.GroupEvent.LateResult;
import io.bywash.core.event.GroupEvent.PartitionStalled;
import io.bywash.core.event.GroupEvent.RebalanceStarted;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.settings.Timing;
import io.bywash.handler.TopicHandler;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HangingHandlerTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static final Duration MAX_POLL_INTERVAL = Duration.ofMillis(1_500);
    private static final Timing WATCHFUL =
            new Timing(Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofMillis(300), Duration.ofMillis(400));

    private final CountDownLatch released = new CountDownLatch(1);
    private TestGroup group;

    @BeforeEach
    void createGroup() {
        group = new TestGroup(KAFKA.cluster(), 2);
    }

    @AfterEach
    void closeGroup() {
        released.countDown();
        group.close();
    }

    /** Blocks as a call does that knows nothing of interrupts. */
    private void hang() {
        boolean over = false;
        while (!over) {
            try {
                over = released.await(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                over = false;
            }
        }
    }

    private Member startWatched(TopicHandler<String, String> handler) {
        return group.start(handler, group.builder().timing(WATCHFUL).kafka(Map.of("max.poll.interval.ms", (int)
                MAX_POLL_INTERVAL.toMillis())));
    }

    @Test
    void aHandlerThatHangsIsReportedAndCostsTheConsumerNothingElse() {
        Recording handler = new Recording((record, context) -> {
            if (record.value().equals("slow")) {
                hang();
            }
        });
        group.produce(0, "slow", "behind it");
        Member member = startWatched(handler);

        HandlerStuck stuck = member.events().await(HandlerStuck.class);
        RecordPosition slow = new RecordPosition(group.partition(0), 0);
        assertEquals(slow, stuck.record());
        assertEquals("recording", stuck.handler());
        assertTrue(
                stuck.age().compareTo(WATCHFUL.stuckAfter()) >= 0, stuck.age().toString());
        assertTrue(stuck.thread().contains(group.topic() + "-0"), stuck.thread());
        assertTrue(
                stuck.stack().stream().anyMatch(frame -> frame.getMethodName().equals("hang")),
                stuck.stack().toString());

        PartitionStalled stalled = member.events()
                .await(PartitionStalled.class, event -> event.age().compareTo(MAX_POLL_INTERVAL.multipliedBy(2)) > 0);
        assertEquals(slow, stalled.at());
        assertEquals(2, stalled.waiting());
        group.produce(1, "elsewhere");
        group.awaitCommitted(1, 1);
        assertEquals(
                Set.of(group.partition(0), group.partition(1)),
                member.consumer().assignment());
        assertEquals(ConsumerState.RUNNING, member.consumer().state());
        assertEquals(1, member.events().all(RebalanceStarted.class).size());
        assertEquals(1, member.events().all(HandlerStuck.class).size());

        released.countDown();
        group.awaitCommitted(0, 2);
        assertEquals(List.of("slow/1", "behind it/1"), handler.of(0));
    }

    @Test
    void aResultThatComesAfterThePartitionIsGoneChangesNothing() {
        lateResult(this::hang);
    }

    @Test
    void aFailureThatComesAfterThePartitionIsGoneChangesNothing() {
        Member former = lateResult(() -> {
            hang();
            throw new IllegalStateException("too late to matter");
        });

        // The call whose partition stayed fails as any other; the one that came late does not count.
        former.events()
                .all(AttemptFailed.class)
                .forEach(failure -> assertTrue(
                        former.consumer().assignment().contains(failure.record().partition()), failure.toString()));
        assertEquals(
                List.of(),
                group.deadLetters().stream()
                        .filter(letter -> !former.consumer().assignment().contains(group.partition(letter.partition())))
                        .toList());
    }

    /** Has a call of the former owner come back after the partition went to another member, which has not finished it yet. */
    private Member lateResult(Runnable call) {
        group.produce(0, "record");
        group.produce(1, "record");
        Recording former = new Recording((record, context) -> call.run());
        Member first = startWatched(former);
        former.awaitCalls(0, "record/1");
        former.awaitCalls(1, "record/1");

        CountDownLatch mayFinish = new CountDownLatch(1);
        Recording next = new Recording((record, context) -> mayFinish.await());
        Member second = startWatched(next);
        Eventually.holds("a partition moved", () -> next.calls().size() == 1);
        int moved = next.calls().get(0).partition();
        assertEquals(List.of("record/1"), next.of(moved));

        released.countDown();
        LateResult late = first.events().await(LateResult.class);
        assertEquals(new RecordPosition(group.partition(moved), 0), late.record());
        group.awaitCommitted(1 - moved, 1);
        assertEquals(0L, group.committed(moved).map(OffsetAndMetadata::offset).orElseThrow());

        mayFinish.countDown();
        group.awaitCommitted(moved, 1);
        assertEquals(List.of(), second.events().all(LateResult.class));
        assertEquals(1, first.events().all(LateResult.class).size());
        return first;
    }

    @Test
    void anAttemptThatRevocationCutShortDoesNotCount() {
        group.produce(0, "long");
        Recording former = new Recording((record, context) -> {
            Eventually.holds("the partition is taken away", context::isRevoking);
            throw new IllegalStateException("gave up half-way");
        });
        Member first = group.start(former);
        former.awaitCalls(0, "long/1");
        first.leave();

        Recording next = new Recording((record, context) -> {});
        group.start(next);
        group.awaitCommitted(0, 1);
        assertEquals(List.of("long/1"), next.of(0));
        assertEquals(List.of(), first.events().all(AttemptFailed.class));
    }
}
