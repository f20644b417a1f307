package io.bywash.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.session.CallInFlight;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.settings.Batching;
import io.bywash.core.thread.Next;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.TopicHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Steps into the gaps between a look and what follows from it, where a result or a wake-up could be lost. */
class LaneGapsTest {
    private static final TopicHandler<byte[], byte[]> NO_WORK = (record, context) -> {};
    private static final TopicHandler<byte[], byte[]> FAILING = (record, context) -> {
        throw new IllegalStateException("cannot take it");
    };
    private static final long LOOK_NANOS = 1_000_000;

    /** Lets a test step in once, in the middle of a turn: after it was seen what could run, before the turn is given up. */
    private static final class Hooked implements Supply {
        private final Supply supply;
        private Runnable hook = () -> {};

        Hooked(Supply supply) {
            this.supply = supply;
        }

        void inNextTurn(Runnable action) {
            hook = () -> {
                hook = () -> {};
                action.run();
            };
        }

        @Override
        public void ready(Item item) {
            supply.ready(item);
        }

        @Override
        public void joined(Item head, Item item) {
            supply.joined(head, item);
        }

        @Override
        public void again(Item item) {
            supply.again(item);
        }

        @Override
        public @Nullable Item poll() {
            return supply.poll();
        }

        @Override
        public boolean hasReady() {
            return supply.hasReady();
        }

        @Override
        public long due() {
            long due = supply.due();
            hook.run();
            return due;
        }
    }

    private final Hooked hooked = new Hooked(new Supply.Singles());

    /** A partition with a call under way, and a further record of the same key. */
    private LaneWorker inCall(SteppedLanes stepped) {
        LaneWorker worker = stepped.assign(0, session -> hooked);
        stepped.settle();
        stepped.holdCalls();
        stepped.deliver(worker, 1, 1);
        stepped.settle();
        stepped.holdNoMore();
        assertEquals(1, stepped.held());
        return worker;
    }

    private static void endCall(SteppedLanes stepped) {
        stepped.endCall();
        stepped.step("-lane-0");
    }

    @Test
    void whatIsHandedBackInATurnIsAbsorbedByWhoeverHasIt() {
        SteppedLanes stepped = new SteppedLanes(1, NO_WORK);
        LaneWorker worker = inCall(stepped);
        hooked.inNextTurn(() -> endCall(stepped));
        worker.sequencer().settle(null);
        assertEquals(1, worker.session().ledger().frontierOffset(), "nobody else would have looked");
    }

    @Test
    void whoeverWantsARecordGetsTheHeirOfWhatIsHandedBackInItsTurn() {
        SteppedLanes stepped = new SteppedLanes(1, NO_WORK);
        LaneWorker worker = inCall(stepped);
        hooked.inNextTurn(() -> endCall(stepped));
        Item heir = present(worker.sequencer().exchange(null));
        assertEquals(1, heir.record.offset());
        assertEquals(1, worker.session().ledger().frontierOffset());
    }

    private static Item present(@Nullable Item item) {
        assertNotNull(item);
        return item;
    }

    @Test
    void aPartitionIsAtRestWhenItsLastCallEndsWhileThatIsLookedAt() {
        SteppedLanes stepped = new SteppedLanes(1, NO_WORK);
        LaneWorker worker = inCall(stepped);
        worker.session().stop();
        hooked.inNextTurn(() -> endCall(stepped));
        stepped.settle();
        assertTrue(worker.isQuiet());
        assertEquals(1, worker.session().ledger().frontierOffset());
    }

    @Test
    void aFailureThatIsHandedBackWhileThePartitionGoesIsHandedOn() {
        SteppedLanes stepped = new SteppedLanes(1, FAILING);
        LaneWorker worker = inCall(stepped);
        PartitionSession session = worker.session();
        hooked.inNextTurn(() -> {
            endCall(stepped);
            session.stop();
            // The turn is free by then, and the failure not absorbed yet.
            stepped.atNextSignal(() -> stepped.step("#1"));
        });
        worker.sequencer().settle(null);
        stepped.settle();
        assertTrue(worker.isQuiet());
        assertEquals(1, session.failed().all().size(), "the attempt is not forgotten");
        assertEquals(
                1,
                stepped.events.stream()
                        .filter(GroupEvent.AttemptFailed.class::isInstance)
                        .count());
    }

    @Test
    void aCallThatWasPickedButNotBegunWhenItsPartitionWasLostIsInterrupted() {
        AtomicReference<Runnable> atBegin = new AtomicReference<>(() -> {});
        SteppedLanes stepped = new SteppedLanes(1, 1, NO_WORK, () -> {
            atBegin.get().run();
            return new ByteArrayDeserializer();
        });
        LaneWorker worker = stepped.assign(0);
        stepped.settle();
        atBegin.set(() -> {
            worker.session().lose();
            assertInstanceOf(
                    Next.At.class, stepped.step("#1"), "the worker looks again for a call that is not seen yet");
        });
        stepped.holdCalls();
        stepped.deliver(worker, 1);
        stepped.settle();
        assertEquals(0, stepped.interrupts("-lane-0"));
        assertEquals(Next.IDLE, stepped.step("#1"), "once it has reached all calls, it rests");
        assertEquals(1, stepped.interrupts("-lane-0"));
        stepped.step("#1");
        assertEquals(1, stepped.interrupts("-lane-0"), "one call is interrupted once");
        stepped.holdNoMore();
        stepped.endCall();
        stepped.settle();
        assertTrue(worker.isQuiet());
    }

    @Test
    void aGroupThatBecomesDueInATurnIsNotForgotten() {
        List<Integer> calls = new ArrayList<>();
        BatchTopicHandler<byte[], byte[]> handler = (records, context) -> calls.add(records.size());
        SteppedLanes stepped = new SteppedLanes(1, handler);
        Duration wait = Duration.ofMillis(1);
        AtomicReference<Hooked> supply = new AtomicReference<>();
        LaneWorker worker = stepped.assign(0, session -> {
            supply.set(new Hooked(new Gathering(session, new Batching(10, 1_000, wait), stepped::now)));
            return supply.get();
        });
        stepped.deliver(worker, 1);
        stepped.settle();
        supply.get().inNextTurn(() -> {
            stepped.pass(wait.toNanos());
            stepped.step("#1");
        });
        worker.report();
        stepped.settle();
        assertEquals(List.of(1), calls);
    }

    @Test
    void whenQuickCallsBecomeLongEveryPartitionThatWaitsGetsALane() {
        SteppedLanes stepped = new SteppedLanes(8, NO_WORK);
        LaneWorker first = stepped.assign(0);
        LaneWorker second = stepped.assign(1);
        LaneWorker third = stepped.assign(2);
        stepped.deliver(first, IntStream.range(0, 1_100).toArray());
        stepped.settle();
        stepped.holdCalls();
        stepped.deliver(first, 1, 2);
        stepped.settle();
        stepped.deliver(second, 1);
        stepped.deliver(third, 1);
        stepped.settle();
        assertEquals(1, stepped.held(), "one lane is enough for one processor while calls are quick");
        look(stepped);
        look(stepped);
        assertEquals(4, stepped.held());
    }

    @Test
    void aPartitionIsNotLeftToLanesInLongCallsHoweverQuickTheCallsWereMeanwhile() {
        SteppedLanes stepped = new SteppedLanes(8, 2, NO_WORK, ByteArrayDeserializer::new);
        LaneWorker first = stepped.assign(0);
        LaneWorker second = stepped.assign(1);
        stepped.settle();
        stepped.holdCalls();
        stepped.deliver(first, 1, 2);
        stepped.settle();
        assertEquals(2, stepped.held(), "as many as there are processors");
        stepped.holdNoMore();
        stepped.deliver(first, IntStream.range(3, 1_103).toArray());
        stepped.settle();
        stepped.deliver(second, 1);
        stepped.settle();
        look(stepped);
        look(stepped);
        assertEquals(1, second.session().ledger().frontierOffset());
        stepped.deliver(first, 1_103);
        stepped.settle();
        assertEquals(2, first.session().queue().waitingRecords(), "what comes after that need not wait for a look");
    }

    private static void look(SteppedLanes stepped) {
        stepped.pass(LOOK_NANOS);
        stepped.lanes.look();
        stepped.settle();
    }

    @Test
    void aLaneWhoseCallTurnsOutToBeLongAfterAnotherIsNotLeftWithItsPartition() {
        SteppedLanes stepped = new SteppedLanes(8, 2, NO_WORK, ByteArrayDeserializer::new);
        LaneWorker first = stepped.assign(0);
        LaneWorker second = stepped.assign(1);
        stepped.deliver(first, IntStream.range(0, 1_100).toArray());
        stepped.settle();
        stepped.holdCalls();
        stepped.deliver(first, 1);
        stepped.settle();
        look(stepped);
        stepped.deliver(second, 1);
        stepped.settle();
        assertEquals(2, stepped.held());
        look(stepped);
        stepped.deliver(second, 2);
        stepped.settle();
        look(stepped);
        assertEquals(
                3,
                stepped.held(),
                "the other key of the second partition waits for a call that is none of its business");
    }

    @Test
    void aCallIsToldFromTheOneBeforeThoughItIsAboutTheSameRecordOnTheSameLane() {
        BatchTopicHandler<byte[], byte[]> handler = (records, context) -> {
            throw new IllegalStateException("one of these");
        };
        SteppedLanes stepped = new SteppedLanes(1, handler);
        LaneWorker worker = stepped.assign(
                0, session -> new Gathering(session, new Batching(2, 1_000, Duration.ofMillis(1)), stepped::now));
        stepped.settle();
        stepped.holdCalls();
        stepped.deliver(worker, 1, 1);
        stepped.settle();
        CallInFlight.Id both = worker.calls().get(0).id();
        stepped.endCall();
        stepped.settle();
        stepped.lanes.look();
        CallInFlight.Id alone = worker.calls().get(0).id();
        assertEquals(both.offset(), alone.offset());
        assertEquals(both.failures(), alone.failures(), "nobody knows which of them failed");
        assertNotEquals(both, alone);
        worker.timeOut(both);
        assertEquals(0, stepped.interrupts("-lane-0"), "the call that took too long is over");
        worker.timeOut(alone);
        assertEquals(1, stepped.interrupts("-lane-0"));
    }
}
