package io.bywash.core.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.ledger.DoneRanges;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges come back as they were written, or a prefix of them; what is damaged is refused and never read as something else. */
class RangeCodecTest {
    private static final int PLENTY = 1 << 20;

    @Test
    void keepsItsWrittenForm() {
        assertEquals("BAAAAoMD", RangeCodec.encode(7, DoneRanges.of(new long[] {7, 8, 10, 398}, 3), PLENTY));
        assertEquals("AAEA", RangeCodec.encode(7, DoneRanges.of(new long[] {8, 9}, -1), PLENTY));
        assertEquals("", RangeCodec.encode(7, DoneRanges.NONE, PLENTY));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void readsWhatItWrote(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 500; run++) {
            long committed = random.nextInt(3) == 0 ? random.nextLong() >>> 2 : random.nextInt(1_000);
            DoneRanges done = ranges(committed, 1 + random.nextInt(200), random);
            assertEquals(done, RangeCodec.decode(committed, RangeCodec.encode(committed, done, PLENTY)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void leavesOutFromTheEndWhatDoesNotFit(long seed) {
        Random random = new Random(seed);
        DoneRanges done = ranges(100, 60, random);
        int before = done.count();
        String whole = RangeCodec.encode(100, done, PLENTY);
        for (int most = whole.length() + 3; most >= -1; most--) {
            String text = RangeCodec.encode(100, done, most);
            assertTrue(text.length() <= Math.max(0, most), text.length() + " characters of " + most);
            DoneRanges read = text.isEmpty() ? DoneRanges.NONE : RangeCodec.decode(100, text);
            assertEquals(prefix(done, read.count()), read);
            assertTrue(read.count() <= before, "less fits into less");
            before = read.count();
        }
        assertEquals(0, before);
    }

    @Test
    void fillsTheRoomThereIs() {
        DoneRanges done = ranges(0, 2_000, new Random(1));
        String text = RangeCodec.encode(0, done, 1_000);
        DoneRanges more = prefix(done, RangeCodec.decode(0, text).count() + 1);
        assertTrue(RangeCodec.encode(0, more, PLENTY).length() > 996, "one more range would have fitted into 1000");
    }

    @Test
    void needsTwoBytesForARangeAmongSmallGaps() {
        int count = 1_000;
        long[] bounds = new long[2 * count];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = 1 + i;
        }
        int chars = RangeCodec.encode(0, DoneRanges.of(bounds, 0), PLENTY).length();
        assertEquals((2 * count + 1) * 4 / 3, chars);
    }

    @Test
    void takesTheLargestOffsetsThereAre() {
        DoneRanges far = DoneRanges.of(new long[] {Long.MAX_VALUE - 5, Long.MAX_VALUE}, Integer.MAX_VALUE);
        assertEquals(far, RangeCodec.decode(0, RangeCodec.encode(0, far, PLENTY)));
    }

    @Test
    void refusesOffsetsThatCannotBe() {
        String near = RangeCodec.encode(0, DoneRanges.of(new long[] {1, Long.MAX_VALUE}, 0), PLENTY);
        assertThrows(ArithmeticException.class, () -> RangeCodec.decode(10, near));
        // 2^35 as the epoch
        assertThrows(ArithmeticException.class, () -> RangeCodec.decode(0, text(0x80, 0x80, 0x80, 0x80, 0x80, 1)));
    }

    @Test
    void refusesWhatIsDamaged() {
        assertDamaged("");
        assertDamaged("!!");
        assertDamaged("A");
        assertDamaged(text(0x80));
        assertDamaged(text(1, 5));
        assertDamaged(text(1, 5, 0x80));
        assertDamaged(text(1, 5, 3, 0, 3));
        assertDamaged(text(1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0));
    }

    @Test
    void readsNothingButRangesFromAnything() {
        Random random = new Random(1);
        int read = 0;
        for (int run = 0; run < 20_000; run++) {
            byte[] bytes = new byte[random.nextInt(20)];
            random.nextBytes(bytes);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            try {
                DoneRanges ranges = RangeCodec.decode(50, text);
                assertTrue(ranges.isEmpty() || ranges.first(0) >= 50, () -> text + " gave " + ranges);
                read++;
            } catch (IllegalArgumentException | ArithmeticException e) {
                // Refused, which is the other thing it may do.
            }
        }
        assertTrue(read > 0, "some of it should have been ranges");
    }

    private static void assertDamaged(String text) {
        assertThrows(IllegalArgumentException.class, () -> RangeCodec.decode(0, text), text);
    }

    private static String text(int... bytes) {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            all[i] = (byte) bytes[i];
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    private static DoneRanges ranges(long committed, int count, Random random) {
        List<Long> bounds = new ArrayList<>();
        long end = committed - (random.nextBoolean() ? 1 : 0);
        for (int i = 0; i < count; i++) {
            long first = end + 1 + distance(random);
            end = first + 1 + distance(random);
            bounds.add(first);
            bounds.add(end);
        }
        return DoneRanges.of(bounds.stream().mapToLong(Long::longValue).toArray(), random.nextInt(5) - 1);
    }

    private static long distance(Random random) {
        return random.nextInt(20) == 0 ? random.nextLong() >>> (20 + random.nextInt(40)) : random.nextInt(4);
    }

    private static DoneRanges prefix(DoneRanges done, int count) {
        long[] bounds = new long[2 * count];
        for (int i = 0; i < count; i++) {
            bounds[2 * i] = done.first(i);
            bounds[2 * i + 1] = done.end(i);
        }
        return DoneRanges.of(bounds, done.leaderEpoch());
    }
}
