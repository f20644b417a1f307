package io.bywash.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
            int first = i * EACH;
            Thread thread = new Thread(() -> {
                for (int n = 0; n < EACH; n++) {
                    counts.add(at(first + n));
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
        assertTrue(counts.areOnceEach());
    }

    @Test
    void seesThatOneIsCountedTwiceInThePlaceOfAnother() {
        Counts counts = new Counts(1);
        counts.add(at(0));
        counts.add(at(2));
        counts.add(at(2));
        assertEquals(3, counts.total());
        assertFalse(counts.areOnceEach());
    }

    @Test
    void refusesToCountNothing() {
        Counts counts = new Counts(1);
        assertThrows(IllegalStateException.class, () -> counts.await(1, Duration.ofMillis(1), Duration.ofMillis(1)));
    }

    private static ConsumerRecord<byte[], byte[]> at(long offset) {
        return new ConsumerRecord<>("topic", 0, offset, new byte[0], new byte[0]);
    }
}
