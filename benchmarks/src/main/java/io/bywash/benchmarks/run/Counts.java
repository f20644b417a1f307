package io.bywash.benchmarks.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Counts handled records, one padded pair of slots per partition, by an atomic addition, so that the sum is exact however many threads
 * count for a partition. The other slot of a pair adds up the offsets, which tells whether each record was counted once. The end is seen from outside, by a thread that looks every 200 microseconds; so is the beginning, unless the work says
 * it.
 */
final class Counts {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int PADDING = 16;

    /** Less than a hundredth of a run, and seldom enough not to take part in it. */
    private static final long LOOK_NANOS = 2_000_000;

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

    void add(ConsumerRecord<?, ?> record) {
        int slot = (record.partition() + 1) * PADDING;
        SLOT.getAndAdd(slots, slot + 1, record.offset());
        SLOT.getAndAdd(slots, slot, 1L);
    }

    /** Tells whether in every partition the first records, as many as were counted, were counted once each. */
    boolean areOnceEach() {
        for (int i = PADDING; i < slots.length; i += PADDING) {
            long count = (long) SLOT.getAcquire(slots, i);
            if ((long) SLOT.getAcquire(slots, i + 1) != count * (count - 1) / 2) {
                return false;
            }
        }
        return true;
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
     * @throws IllegalStateException if no record came
     */
    long await(long records, Duration firstLimit, Duration limit) {
        long patience = System.nanoTime() + firstLimit.toNanos();
        while (total() == 0 && began.get() == 0 && System.nanoTime() < patience) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        if (total() == 0 && began.get() == 0) {
            throw new IllegalStateException("no record came within " + firstLimit.toSeconds() + " s");
        }
        begin();
        long first = began.get();
        while (total() < records && System.nanoTime() - first < limit.toNanos()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return System.nanoTime() - first;
    }
}
