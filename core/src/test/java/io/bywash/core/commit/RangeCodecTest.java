package io.bywash.core.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.ledger.DoneRanges;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges come back as they were written, or a prefix of them; what is damaged is refused and never read as something else. */
class RangeCodecTest {
    private static final int PLENTY = 1 << 20;
    private static final int CHECK_CHARS = 4;

    @Test
    void keepsItsWrittenForm() {
        assertEquals("YEOWBAAAAoMD", RangeCodec.encode(7, DoneRanges.of(new long[] {7, 8, 10, 398}, 3), PLENTY));
        assertEquals("c5ZFAAEA", RangeCodec.encode(7, DoneRanges.of(new long[] {8, 9}, -1), PLENTY));
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
        assertEquals((2 * count + 1) * 4 / 3, chars - CHECK_CHARS);
    }

    @Test
    void takesTheLargestOffsetsThereAre() {
        DoneRanges far = DoneRanges.of(new long[] {Long.MAX_VALUE - 5, Long.MAX_VALUE}, Integer.MAX_VALUE);
        assertEquals(far, RangeCodec.decode(0, RangeCodec.encode(0, far, PLENTY)));
    }

    @Test
    void refusesOffsetsThatCannotBe() {
        // From 10 on, the largest number there is.
        String far = text(10, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0);
        assertThrows(ArithmeticException.class, () -> RangeCodec.decode(10, far));
        // 2^35 as the epoch
        assertThrows(ArithmeticException.class, () -> RangeCodec.decode(0, text(0, 0x80, 0x80, 0x80, 0x80, 0x80, 1)));
    }

    @Test
    void refusesWhatIsDamaged() {
        assertDamaged("");
        assertDamaged("!!");
        assertDamaged("A");
        assertDamaged("AAA");
        assertDamaged(text(0));
        assertDamaged(text(0, 0x80));
        assertDamaged(text(0, 1, 5));
        assertDamaged(text(0, 1, 5, 0x80));
        assertDamaged(text(0, 1, 5, 3, 0, 3));
        assertDamaged(text(0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0));
    }

    @Test
    void believesNothingThatStandsBesideAnotherOffset() {
        String text = RangeCodec.encode(7, DoneRanges.of(new long[] {8, 9}, 0), PLENTY);
        for (long other : new long[] {0, 6, 8, 7L << 32}) {
            assertThrows(IllegalArgumentException.class, () -> RangeCodec.decode(other, text));
        }
    }

    /** Records would be left out for good. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void believesNothingOfWhichOneByteIsDamaged(long seed) {
        Random random = new Random(seed);
        byte[] whole = Base64.getUrlDecoder().decode(RangeCodec.encode(50, ranges(50, 20, random), PLENTY));
        for (int place = 0; place < whole.length; place++) {
            byte[] damaged = whole.clone();
            damaged[place] ^= (byte) (1 + random.nextInt(255));
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(damaged);
            assertThrows(IllegalArgumentException.class, () -> RangeCodec.decode(50, text), text);
        }
    }

    private static void assertDamaged(String text) {
        assertThrows(IllegalArgumentException.class, () -> RangeCodec.decode(0, text), text);
    }

    /** Numbers with the check that belongs to them and to an offset. */
    private static String text(long committed, int... numbers) {
        byte[] all = new byte[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            all[i] = (byte) numbers[i];
        }
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, committed));
        crc.update(all);
        ByteBuffer checked = ByteBuffer.allocate(3 + all.length)
                .put((byte) (crc.getValue() >>> 16))
                .put((byte) (crc.getValue() >>> 8))
                .put((byte) crc.getValue())
                .put(all);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(checked.array());
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
