package io.bywash.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The count is exact although several threads count for one partition at once. */
class CountsTest {
    private static final int THREADS = 4;
    private static final int EACH = 200_000;

    @Test
    void losesNoneOfManyThreads() throws InterruptedException {
        Counts counts = new Counts(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {
                for (int n = 0; n < EACH; n++) {
                    counts.add(0);
                }
            });
            thread.start();
            threads.add(thread);
        }
        counts.await((long) THREADS * EACH, Duration.ofMinutes(1), Duration.ofMinutes(1));
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals((long) THREADS * EACH, counts.total());
    }
}
