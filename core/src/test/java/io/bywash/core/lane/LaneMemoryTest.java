package io.bywash.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.core.fixture.Await;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is over counts for no bound any more, so it must not be held: thousands of partitions may rest after a batch. */
class LaneMemoryTest {

    @Test
    void aBatchThatIsOverIsNotHeld() {
        List<WeakReference<byte[]>> keys = new ArrayList<>();
        SteppedLanes stepped = new SteppedLanes(1, (record, context) -> keys.add(new WeakReference<>(record.key())));
        LaneWorker partition = stepped.assign(0);
        stepped.deliver(partition, 1, 2, 3);
        stepped.settle();
        assertEquals(3, keys.size());
        Await.until("the first record of the batch is gone", () -> {
            System.gc();
            return keys.get(0).refersTo(null);
        });
        assertEquals(3, partition.session().ledger().frontierOffset());
    }
}
