package io.bywash.benchmarks.run;

import io.bywash.benchmarks.subject.Work;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Computes for a number of iterations, so that the work is the same in every process, however busy the machine is. */
public final class Burning implements Work {
    private static final int SAMPLE = 1_000_000;
    private static final int SAMPLES = 200;

    private final int iterations;
    private final Meters meters;

    Burning(int iterations, Meters meters) {
        this.iterations = iterations;
        this.meters = meters;
    }

    /**
     * Finds how many iterations take a time on this machine.
     *
     * @param micros the time in microseconds
     * @return the iterations
     */
    public static int iterationsFor(int micros) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long fastest = Long.MAX_VALUE;
        long sum = 0;
        for (int i = 0; i < SAMPLES; i++) {
            long before = threads.getCurrentThreadCpuTime();
            sum += burn(i + 1, SAMPLE);
            fastest = Math.min(fastest, threads.getCurrentThreadCpuTime() - before);
        }
        if (sum == 0) {
            throw new IllegalStateException("the computation was left out");
        }
        return Math.toIntExact((long) SAMPLE * micros * 1_000 / fastest);
    }

    @Override
    public void handle(ConsumerRecord<byte[], byte[]> record) {
        meters.counts().begin();
        if (burn(record.offset() + 1, iterations) == 0) {
            throw new IllegalStateException("a shift register never becomes zero");
        }
        meters.counts().add(record);
    }

    /** A shift register (Marsaglia's xorshift): each step needs the one before, so nothing can be left out or done at once. */
    private static long burn(long seed, int iterations) {
        long state = seed;
        for (int i = 0; i < iterations; i++) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
        }
        return state;
    }
}
