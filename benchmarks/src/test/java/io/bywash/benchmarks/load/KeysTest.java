package io.bywash.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Zipf's law: the second key comes half as often as the first, and every key can come. */
class KeysTest {

    @Test
    void drawsKeysByZipfsLaw() {
        Keys keys = new Keys.Zipf(10);
        int[] drawn = new int[keys.count()];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            drawn[keys.next(random)]++;
        }
        for (int key = 1; key < drawn.length; key++) {
            double ratio = (double) drawn[0] / drawn[key];
            assertEquals(key + 1, ratio, 0.1 * (key + 1));
        }
        assertTrue(drawn[9] > 0);
    }
}
