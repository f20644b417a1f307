package io.bywash.core.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.event.GroupEvent.AttemptFailed;
import io.bywash.core.event.GroupEvent.DeadLetterFailed;
import io.bywash.core.event.GroupEvent.DeadLettered;
import io.bywash.core.event.GroupEvent.LateResult;
import io.bywash.core.event.GroupEvent.NextStep;
import io.bywash.core.event.GroupEvent.PartitionHalted;
import io.bywash.core.event.GroupEvent.Skipped;
import io.bywash.core.event.PauseReason;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.ClosingDeserializer;
import io.bywash.core.session.FailedRecord;
import io.bywash.core.session.FailedRecord.Standing;
import io.bywash.core.session.Obstacle;
import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.OnFailure;
import io.bywash.core.thread.Next;
import io.bywash.handler.NonRetriableException;
import io.bywash.handler.TopicHandler;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

/** The worker of a partition and its recovery, step by step, where a real clock or broker would blur what happens when. */
class PartitionWorkerTest {
    private static final Backoff DOUBLING = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(4), 2, 0.5);
    private static final FailurePolicy POLICY =
            FailurePolicy.DEFAULT.withMaxAttempts(5).withBackoff(DOUBLING);
    private static final TopicHandler<byte[], byte[]> FAILING = (record, context) -> {
        throw new IllegalStateException("cannot take it");
    };
    private static final TopicHandler<byte[], byte[]> REFUSING = (record, context) -> {
        throw new NonRetriableException("never will");
    };

    @Test
    void theNextAttemptComesWhenItIsDueAndNotBefore() {
        List<Integer> attempts = new ArrayList<>();
        SteppedPartition partition = new SteppedPartition(POLICY, (record, context) -> {
            attempts.add(context.attempt());
            throw new IllegalStateException("cannot take it");
        });
        partition.deliver(2);

        // The random numbers of this test are all 0.5, at which jitter neither shortens nor lengthens.
        for (long seconds : new long[] {1, 2, 4, 4}) {
            Next.At at = assertInstanceOf(Next.At.class, partition.settle());
            assertEquals(Duration.ofSeconds(seconds).toNanos(), at.nanos() - partition.now());
            Obstacle.Blocked blocked =
                    assertInstanceOf(Obstacle.Blocked.class, partition.session().obstacle());
            assertEquals(PauseReason.RETRY, blocked.reason());
            int before = attempts.size();
            partition.pass(Duration.ofNanos(at.nanos() - partition.now() - 1));
            partition.settle();
            assertEquals(before, attempts.size());
            partition.pass(Duration.ofNanos(1));
        }
        partition.settle();
        assertEquals(List.of(1, 2, 3, 4, 5), attempts);
        assertEquals(1, partition.producer().history().size());
        assertEquals(0, partition.session().ledger().frontierOffset());
    }

    /** The producer tries for minutes, and nobody should have to wait so long to learn what the partition waits for. */
    @Test
    void aLetterThatIsNotAnsweredIsSoonSeen() {
        SteppedPartition partition = new SteppedPartition(POLICY, REFUSING);
        partition.deliver(1);
        Next.At at = assertInstanceOf(Next.At.class, partition.settle());
        assertEquals(Duration.ofSeconds(5).toNanos(), at.nanos() - partition.now());
        assertEquals(Obstacle.NONE, partition.session().obstacle());

        partition.pass(Duration.ofSeconds(5));
        assertInstanceOf(Next.Idle.class, partition.settle());
        Obstacle.Blocked blocked =
                assertInstanceOf(Obstacle.Blocked.class, partition.session().obstacle());
        assertEquals(PauseReason.DEAD_LETTER_DOWN, blocked.reason());
        assertEquals(
                "orders.dlt has not answered to the letter", blocked.record().why());

        partition.producer().completeNext();
        partition.settle();
        assertEquals(Obstacle.NONE, partition.session().obstacle());
        assertEquals(1, partition.session().ledger().frontierOffset());
    }

    /** A virtual thread is never made to give way, and its partition may always have records. */
    @Test
    void othersGoFirstNowAndThen() {
        List<SteppedPartition> partitions = new ArrayList<>();
        SteppedPartition partition = new SteppedPartition(
                POLICY, (record, context) -> partitions.get(0).pass(Duration.ofMillis(1)));
        partitions.add(partition);
        partition.deliver(100);
        Next next = Next.NOW;
        while (next instanceof Next.Now) {
            next = partition.step();
        }
        assertEquals(Next.AFTER_OTHERS, next);
        long handled = partition.session().ledger().frontierOffset();
        assertTrue(handled >= 10 && handled <= 12, () -> "after " + handled + " ms");
        assertEquals(List.of(), partition.session().taker().calls());
        assertEquals(Next.IDLE, partition.settle());
        assertEquals(100, partition.session().ledger().frontierOffset());
    }

    /** There may be nothing to wait for between them. */
    @Test
    void othersGoFirstAfterEachRecordThatFails() {
        SteppedPartition partition = new SteppedPartition(POLICY.withOnFailure(OnFailure.SKIP), REFUSING);
        partition.deliver(3);
        int gaveWay = 0;
        for (Next next = Next.NOW; !(next instanceof Next.Idle); next = partition.step()) {
            gaveWay += next == Next.AFTER_OTHERS ? 1 : 0;
        }
        assertEquals(3, gaveWay);
        assertEquals(3, partition.session().ledger().frontierOffset());
    }

    /** What is over counts for no bound any more, so it must not be held: thousands of partitions may rest after a batch. */
    @Test
    void aBatchThatIsOverIsNotHeld() {
        List<WeakReference<byte[]>> values = new ArrayList<>();
        SteppedPartition partition =
                new SteppedPartition(POLICY, (record, context) -> values.add(new WeakReference<>(record.value())));
        partition.deliver(3);
        partition.settle();
        assertEquals(3, values.size());
        Await.until("the records of the batch are gone", () -> {
            System.gc();
            return values.stream().allMatch(value -> value.refersTo(null));
        });
        assertEquals(3, partition.session().ledger().frontierOffset());
    }

    @Test
    void aLetterCompletesItsRecordOnlyOnceItIsAcknowledged() {
        SteppedPartition partition = new SteppedPartition(POLICY, REFUSING);
        partition.deliver(1);
        assertInstanceOf(Next.At.class, partition.settle());
        assertEquals(0, partition.session().ledger().frontierOffset());

        partition.running().takeSignal();
        partition.producer().completeNext();
        assertTrue(partition.running().takeSignal(), "the acknowledgement has to wake the worker up");
        partition.settle();

        assertEquals(1, partition.session().ledger().frontierOffset());
        assertEquals(1, partition.events(DeadLettered.class).size());
        assertEquals(List.of(), partition.session().failed().all());
    }

    @Test
    void aLetterThatIsRefusedAsTooLargeIsSentInEverSmallerForms() {
        SteppedPartition partition = new SteppedPartition(POLICY, REFUSING);
        partition.deliver(1);
        partition.settle();
        partition.producer().errorNext(new RecordTooLargeException("larger than the topic takes"));
        partition.settle();
        partition.producer().errorNext(new RecordTooLargeException("larger than the topic takes"));
        partition.settle();
        partition.producer().completeNext();
        partition.settle();

        List<ProducerRecord<byte[], byte[]>> sent = partition.producer().history();
        assertEquals(
                List.of("key and value", "key", ""),
                sent.stream().map(PartitionWorkerTest::contents).toList());
        assertEquals(1, partition.session().ledger().frontierOffset());
    }

    private static String contents(ProducerRecord<byte[], byte[]> letter) {
        String key = letter.key() == null ? "" : "key";
        return letter.value() == null ? key : key + " and value";
    }

    @Test
    void aLetterThatFailsDuringADrainDoesNotHoldTheDrainUp() {
        SteppedPartition partition = new SteppedPartition(POLICY, REFUSING);
        partition.deliver(2);
        partition.settle();
        partition.session().stop();
        assertInstanceOf(Next.At.class, partition.settle());
        assertEquals(false, partition.session().taker().isQuiet());

        partition.producer().errorNext(new IllegalStateException("the topic is away"));

        assertInstanceOf(Next.Done.class, partition.settle());
        assertTrue(partition.session().taker().isQuiet());
        assertEquals(1, partition.events(DeadLetterFailed.class).size());
        assertEquals(
                List.of(new FailedRecord(0, -1, 1, Standing.PENDING)),
                partition.session().failed().all());
        assertEquals(0, partition.session().ledger().frontierOffset());
    }

    @Test
    void aLetterThatIsAcknowledgedDuringADrainCompletesItsRecord() {
        SteppedPartition partition = new SteppedPartition(POLICY, REFUSING);
        partition.deliver(2);
        partition.settle();
        partition.session().stop();
        partition.settle();
        partition.producer().completeNext();

        assertInstanceOf(Next.Done.class, partition.settle());
        assertEquals(1, partition.session().ledger().frontierOffset());
        assertEquals(List.of(), partition.session().failed().all());
    }

    @Test
    void anExceptionThatCannotEvenBePrintedGoesRoundLikeAnyOther() {
        SteppedPartition partition = new SteppedPartition(POLICY.withMaxAttempts(1), (record, context) -> {
            throw new Unprintable();
        });
        partition.deliver(1);
        partition.settle();
        partition.producer().completeNext();
        partition.settle();

        assertEquals(1, partition.session().ledger().frontierOffset());
        assertEquals(List.of(), partition.fatal());
        String message = new String(
                partition
                        .producer()
                        .history()
                        .get(0)
                        .headers()
                        .lastHeader("bywash-exception-message")
                        .value(),
                StandardCharsets.UTF_8);
        assertEquals(
                Unprintable.class.getName() + ", whose message cannot be read: java.lang.NullPointerException",
                message);
    }

    private static final class Unprintable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new NullPointerException();
        }
    }

    @Test
    void anErrorStopsTheConsumerAndLeavesNoMarkOnTheRecord() {
        SteppedPartition partition = new SteppedPartition(POLICY.withOnFailure(OnFailure.HALT), (record, context) -> {
            throw new OutOfMemoryError("heap");
        });
        partition.deliver(1);
        partition.settle();

        assertEquals("heap", partition.fatal().get(0).getMessage());
        assertEquals(NextStep.STOP, partition.events(AttemptFailed.class).get(0).next());
        assertEquals(List.of(), partition.events(PartitionHalted.class));
        assertEquals(List.of(), partition.session().failed().all());
        assertEquals(0, partition.session().ledger().frontierOffset());
        partition.session().stop();
        assertInstanceOf(Next.Done.class, partition.settle());
    }

    @Test
    void anErrorCountsEvenAfterThePartitionIsGone() {
        List<SteppedPartition> self = new ArrayList<>();
        SteppedPartition partition = new SteppedPartition(POLICY, (record, context) -> {
            self.get(0).session().lose();
            throw new OutOfMemoryError("heap");
        });
        self.add(partition);
        partition.deliver(1);
        partition.settle();

        assertEquals(1, partition.events(LateResult.class).size());
        assertEquals("heap", partition.fatal().get(0).getMessage());
    }

    @Test
    void aDecisionThatCameTwiceIsCarriedOutOnce() {
        List<SteppedPartition> self = new ArrayList<>();
        SteppedPartition partition =
                new SteppedPartition(POLICY.withMaxAttempts(1).withOnFailure(OnFailure.HALT), FAILING, event -> {
                    if (event instanceof Skipped) {
                        self.get(0).session().order(0, Standing.SKIP_ORDERED);
                    }
                });
        self.add(partition);
        partition.deliver(3);
        partition.settle();
        assertTrue(partition.session().order(0, Standing.SKIP_ORDERED));
        partition.settle();
        partition.settle();

        assertEquals(1, partition.events(Skipped.class).size());
        assertEquals(1, partition.session().ledger().frontierOffset());
    }

    @Test
    void aWorkerThatFailsByItselfStopsTheConsumer() {
        AtomicInteger closed = new AtomicInteger();
        SteppedPartition partition = new SteppedPartition(
                POLICY,
                FAILING,
                event -> {
                    throw new IllegalStateException("the sink must not throw");
                },
                () -> new ClosingDeserializer(closed::incrementAndGet));
        partition.deliver(1);

        assertInstanceOf(Next.Done.class, partition.settle());
        assertEquals(1, closed.get(), "deserialisers that were closed");
        ConsumerFailedException failure = assertInstanceOf(
                ConsumerFailedException.class, partition.fatal().get(0));
        assertEquals(Kind.SOFTWARE, failure.kind());
        assertTrue(failure.getMessage().startsWith("the worker of orders-0 failed"), failure.getMessage());
        assertTrue(partition.session().taker().isQuiet());
    }

    @Test
    void aLostPartitionInterruptsTheCallInFlight() {
        SteppedPartition partition = new SteppedPartition(POLICY, (record, context) -> {});
        partition.session().lose();
        assertTrue(partition.running().wasInterrupted());
    }
}
