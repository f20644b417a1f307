package io.bywash.chaos.worker;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
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
        long used = memory.getHeapMemoryUsage().getUsed();
        journal.write(
                Mark.HEAP,
                -1,
                used,
                Math.toIntExact(WHOLE * used / memory.getHeapMemoryUsage().getMax()));
    }
}
