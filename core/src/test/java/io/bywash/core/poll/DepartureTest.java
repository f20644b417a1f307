package io.bywash.core.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.fixture.IdleTaker;
import io.bywash.core.settings.FailurePolicy;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
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
}
