package io.bywash.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts handled records, one padded slot per partition, so that counting costs the same whether one thread does it or many. The
 * span from the first record to the last is taken from outside, by a thread that looks every 200 microseconds.
 */
final class Counts {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int PADDING = 16;
    private static final long LOOK_NANOS = 200_000;

    private final long[] slots;

    Counts(int partitions) {
        slots = new long[(partitions + 1) * PADDING];
    }

    void add(int partition) {
        int slot = (partition + 1) * PADDING;
        SLOT.getAndAdd(slots, slot, 1L);
    }

    private long total() {
        long total = 0;
        for (int i = PADDING; i < slots.length; i += PADDING) {
            total += (long) SLOT.getOpaque(slots, i);
        }
        return total;
    }

    /** Waits until all records are counted; returns the nanoseconds from the first to the last. */
    long await(long records, long limitNanos) {
        long limit = System.nanoTime() + limitNanos;
        while (total() == 0) {
            look(limit, records);
        }
        long began = System.nanoTime();
        while (total() < records) {
            look(limit, records);
        }
        return System.nanoTime() - began;
    }

    private void look(long limit, long records) {
        if (System.nanoTime() > limit) {
            throw new IllegalStateException("only " + total() + " of " + records + " records came in time");
        }
        LockSupport.parkNanos(LOOK_NANOS);
    }
}
