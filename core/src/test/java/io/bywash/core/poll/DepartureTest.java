package io.bywash.core.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.fixture.IdleTaker;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.thread.Next;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.junit.jupiter.api.Test;

/** A stop comes when it comes, in the middle of a rebalance as well. */
class DepartureTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    private final LoopBench bench = new LoopBench(FailurePolicy.DEFAULT, Map.of(), new IdleTaker());

    /** A new member begins with the commit of its first position, which is due until it is taken. */
    @Test
    void theLastCommitWaitsForARebalanceThatIsUnderWay() {
        bench.client.pollsUntilJoined = 100;
        bench.assign(1);
        bench.stop();
        assertTrue(bench.client.closed());
        assertEquals(Map.of(PARTITION, 0L), bench.client.committed);
        assertEquals(ConsumerState.CLOSED, bench.context.status().state());
    }

    @Test
    void aRebalanceThatDoesNotEndHoldsUpTheStopNoLongerThanACommitMay() {
        bench.client.pollsUntilJoined = Integer.MAX_VALUE;
        bench.assign(1);
        Duration taken = bench.stop();
        assertTrue(bench.client.closed());
        assertTrue(taken.compareTo(LoopBench.DRAIN.multipliedBy(8).dividedBy(10)) > 0, taken::toString);
        assertTrue(taken.compareTo(LoopBench.DRAIN) < 0, taken::toString);
        assertEquals(1, bench.heard(GroupEvent.CommitFailed.class).size(), bench.events::toString);
    }

    /** The client is given up with its sessions, whose calls may go on for a while. */
    @Test
    void handlersAreClosedAfterTheLastCallOfALostSession() {
        BusyTaker taker = new BusyTaker();
        LoopBench lost = lost(taker);
        lost.context.status().close(lost.now() + LoopBench.DRAIN.toNanos());
        lost.step();
        lost.step();
        assertFalse(lost.ended);
        assertEquals(ConsumerState.DRAINING, lost.context.status().state());
        taker.quiet = true;
        assertEquals(Next.DONE, lost.step());
        assertTrue(lost.ended);
    }

    @Test
    void aCallOfALostSessionThatDoesNotEndHoldsUpTheStopNoLongerThanItMayTake() {
        LoopBench lost = lost(new BusyTaker());
        lost.context.status().close(lost.now() + LoopBench.DRAIN.toNanos());
        long began = lost.now();
        while (lost.step() != Next.DONE) {
            assertTrue(lost.now() - began < LoopBench.DRAIN.toNanos(), "it stops in time");
        }
        assertTrue(lost.ended);
        assertTrue(lost.now() - began > LoopBench.DRAIN.toNanos() / 10 * 8, "it waited");
        // The rest is for the handlers.
        assertTrue(lost.now() - began < LoopBench.DRAIN.toNanos() / 100 * 95, "it leaves time");
    }

    /** The poll thread waits for the calls of the partition that goes, and comes back late. */
    @Test
    void aRebalanceDuringTheStopTakesNoInterruptFromTheCallsOfPartitionsThatStay() {
        ObedientTaker obedient = new ObedientTaker();
        LoopBench two = new LoopBench(
                FailurePolicy.DEFAULT,
                Map.of(),
                (session, formerQuiet) -> session.partition().equals(PARTITION) ? obedient : new BusyTaker());
        two.assign(2);
        two.step();
        two.context.status().close(two.now() + LoopBench.DRAIN.toNanos());
        two.step();
        two.pass(LoopBench.DRAIN.multipliedBy(4).dividedBy(10));
        two.client.rebalance(Set.of(PARTITION));
        while (!two.client.closed()) {
            two.step();
        }
        assertTrue(obedient.quiet, "it was interrupted before its partition was given up");
    }

    /** They may be another member's by then. */
    @Test
    void aClientThatIsClosedHasNoPartitionsToShow() {
        BusyTaker busy = new BusyTaker();
        LoopBench one = new LoopBench(
                FailurePolicy.DEFAULT,
                Map.of(),
                (session, formerQuiet) -> session.partition().equals(PARTITION) ? busy : new IdleTaker());
        one.assign(1);
        one.step();
        Set<TopicPartition> other = Set.of(new TopicPartition("orders", 1));
        one.client.has(other);
        one.client.rebalance(other);
        one.step();
        one.pass(Duration.ofSeconds(2));
        one.step();
        assertEquals(1, one.context.progress().snapshot().partitions().size());

        one.context.status().close(one.now() + LoopBench.DRAIN.toNanos());
        while (!one.client.closed()) {
            one.step();
        }
        assertFalse(one.ended);
        assertEquals(List.of(), one.context.progress().snapshot().partitions());
    }

    private static LoopBench lost(BusyTaker taker) {
        LoopBench lost = new LoopBench(FailurePolicy.DEFAULT, Map.of(), taker);
        lost.assign(1);
        lost.client.setPollException(new UnreleasedInstanceIdException("another member has its place"));
        lost.step();
        assertTrue(lost.client.closed());
        return lost;
    }

    /** Is at a call that an interrupt ends. */
    private static final class ObedientTaker extends IdleTaker {
        private boolean quiet;

        @Override
        public boolean isQuiet() {
            return quiet;
        }

        @Override
        public void interrupt() {
            quiet = true;
        }
    }

    /** Is at a call that no interrupt ends. */
    private static final class BusyTaker extends IdleTaker {
        private boolean quiet;

        @Override
        public boolean isQuiet() {
            return quiet;
        }
    }
}
