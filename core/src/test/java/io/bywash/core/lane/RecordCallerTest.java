package io.bywash.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.bywash.core.worker.InterruptibleCall.Cause;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** A call costs no garbage, or the collector would take the time that lanes save. */
class RecordCallerTest {
    private static final int WARM = 20_000;
    private static final int CALLS = 200_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long handled;

    @Test
    void aCallAllocatesNothing() {
        SteppedLanes stepped = new SteppedLanes(1, (record, context) -> handled += context.attempt());
        LaneWorker partition = stepped.assign(0);
        Item item = new Item(partition, KeyChecker.record(0, 1), 1);
        try (Caller caller = stepped.lanes.caller(partition)) {
            call(caller, item, WARM);
            long bytes = call(caller, item, CALLS);
            // A few objects of the JVM's own may fall into the loop, but not one for each call.
            assertTrue(bytes < CALLS, () -> bytes + " bytes for " + CALLS + " calls");
        }
        assertEquals(WARM + CALLS, handled);
    }

    private long call(Caller caller, Item item, int times) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < times; i++) {
            caller.prepare(item).run();
            caller.finish(item, Cause.NONE);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
