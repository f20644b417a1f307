package io.bywash.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.thread.Next;
import io.bywash.handler.TopicHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However much a partition has to do, the others get their turn. */
class LaneFairnessTest {
    /** How long a lane stays with a partition while calls are quick. */
    private static final int STAY = 64;

    private static final int QUICK_AFTER = 1_100;
    private static final int MUCH = 10_000;

    private final List<Integer> calls = new ArrayList<>();
    private final TopicHandler<byte[], byte[]> handler =
            (record, context) -> calls.add(context.partition().partition());

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void aPartitionWithMuchToDoLetsEachOfTheOthersInAfterAFewCalls(int lanes) {
        SteppedLanes stepped = new SteppedLanes(lanes, lanes, handler, ByteArrayDeserializer::new);
        LaneWorker busy = stepped.assign(0);
        List<LaneWorker> others =
                IntStream.rangeClosed(1, 3).mapToObj(stepped::assign).toList();
        stepped.deliver(busy, IntStream.range(0, QUICK_AFTER).toArray());
        stepped.settle();
        calls.clear();
        stepped.deliver(busy, IntStream.range(0, MUCH).toArray());
        others.forEach(other -> stepped.deliver(other, 1, 2));
        stepped.settle();
        assertEquals(MUCH + 6, calls.size());
        for (int partition = 1; partition <= others.size(); partition++) {
            int last = calls.lastIndexOf(partition);
            assertTrue(last <= 2 * STAY + 6, "partition " + partition + " waited for " + last + " calls");
        }
    }

    /** Other consumers of the process and the workers of its partitions may need the lane's processor. */
    @Test
    void aLaneThatComputesLetsOthersGoFirstAndHoldsNothingMeanwhile() {
        List<SteppedLanes> one = new ArrayList<>();
        SteppedLanes stepped = new SteppedLanes(1, (record, context) -> one.get(0).pass(1_000_000));
        one.add(stepped);
        LaneWorker worker = stepped.assign(0);
        stepped.step("#1");
        stepped.step("#1");
        stepped.deliver(worker, IntStream.range(0, 100).toArray());

        assertEquals(Next.AFTER_OTHERS, stepped.step("-lane-0"));
        long handled = worker.session().ledger().frontierOffset();
        assertTrue(handled >= 10 && handled <= 12, () -> "after " + handled + " ms");
        assertEquals(List.of(), worker.calls());
        assertEquals(0, worker.sequencer().calls());
        stepped.settle();
        assertEquals(100, worker.session().ledger().frontierOffset());
    }
}
