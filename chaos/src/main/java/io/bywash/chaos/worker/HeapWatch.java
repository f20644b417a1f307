package io.bywash.chaos.worker;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Collects garbage every second and writes down what lives. On a thread that keeps nothing alive. */
final class HeapWatch {
    private static final int WHOLE = 100;

    private HeapWatch() {}

    static void begin(Journal journal) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "heap-watch");
            thread.setDaemon(true);
            return thread;
        });
        clock.scheduleWithFixedDelay(() -> look(journal), 1, 1, TimeUnit.SECONDS);
    }

    private static void look(Journal journal) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        // As the collector left it: what was allocated since is not all alive.
        long used = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
        journal.write(
                Mark.HEAP,
                -1,
                used,
                Math.toIntExact(WHOLE * used / memory.getHeapMemoryUsage().getMax()));
    }
}
