package io.bywash.benchmarks.run;

import io.bywash.benchmarks.subject.Subject;
import io.bywash.benchmarks.subject.Subject.Stop;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** Measures a subject in the process it runs in. */
final class Measurement {
    private static final Duration FIRST_RECORD = Duration.ofSeconds(60);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Subject subject;
    private final int threadsBefore = THREADS.getThreadCount();

    Measurement(Subject subject) {
        this.subject = subject;
    }

    Figures run(RunOrder order) throws InterruptedException {
        System.gc();
        THREADS.resetPeakThreadCount();
        Meters meters = Meters.of(order);
        Allocation allocation = new Allocation();
        Stop stop = subject.start(order.workload(), order.task().work(meters));
        long nanos = meters.counts().await(order.records(), FIRST_RECORD, order.limit());
        long allocated = allocation.bytes();
        long handled = meters.counts().total();
        long heap = heapInUse();
        stop.stop();
        // What ends a run must not change its rate, but a record handled twice shows only now.
        boolean capped = handled < order.records();
        long inTheEnd = meters.counts().total();
        return new Figures(
                capped ? handled : inTheEnd,
                nanos / 1e9,
                capped,
                capped || meters.counts().areOnceEach(),
                (double) allocated / Math.max(1, handled),
                THREADS.getPeakThreadCount() - threadsBefore,
                heap,
                meters.order().breaks(),
                meters.busyNanos().sum() / 1e9 / Math.max(1, inTheEnd),
                meters.delays().percentiles());
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
