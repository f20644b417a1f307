package io.bywash.benchmarks.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts handled records, one padded slot per partition, by an atomic addition, so that the sum is exact however many threads count for
 * a partition. The end is seen from outside, by a thread that looks every 200 microseconds; so is the beginning, unless the work says
 * it.
 */
final class Counts {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int PADDING = 16;
    private static final long LOOK_NANOS = 200_000;

    private final long[] slots;
    private final AtomicLong began = new AtomicLong();

    Counts(int partitions) {
        slots = new long[(partitions + 1) * PADDING];
    }

    /** Notes that a record begins to be handled; only the first time counts. */
    void begin() {
        if (began.get() == 0) {
            began.compareAndSet(0, System.nanoTime());
        }
    }

    void add(int partition) {
        int slot = (partition + 1) * PADDING;
        SLOT.getAndAdd(slots, slot, 1L);
    }

    long total() {
        long total = 0;
        for (int i = PADDING; i < slots.length; i += PADDING) {
            total += (long) SLOT.getOpaque(slots, i);
        }
        return total;
    }

    /**
     * Waits until all records are counted or the limit has passed.
     *
     * @param records how many there are
     * @param firstLimit how long to wait for the first
     * @param limit how long to wait for the last, after the first
     * @return the nanoseconds from the first record to the last, or to now
     */
    long await(long records, Duration firstLimit, Duration limit) {
        long patience = System.nanoTime() + firstLimit.toNanos();
        while (total() == 0 && began.get() == 0 && System.nanoTime() < patience) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        begin();
        long first = began.get();
        while (total() < records && System.nanoTime() - first < limit.toNanos()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return System.nanoTime() - first;
    }
}
