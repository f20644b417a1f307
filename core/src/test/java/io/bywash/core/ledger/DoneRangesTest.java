package io.bywash.core.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges cover what a set of all their offsets would hold, and nothing that another leader wrote later. */
class DoneRangesTest {
    private static final int EPOCH = 3;
    private static final int MOST = 300;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreeWithASetOfOffsets(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            BitSet offsets = offsets(random, random.nextInt(MOST));
            DoneRanges ranges = ranges(offsets);
            assertCovers(offsets, ranges);

            int frontier = random.nextInt(MOST + 10);
            BitSet above = (BitSet) offsets.clone();
            above.clear(0, frontier);
            assertEquals(ranges(above), ranges.above(frontier), () -> ranges + " above " + frontier);

            BitSet behind = offsets(random, random.nextInt(MOST));
            int end = offsets.length() + random.nextInt(3);
            BitSet shifted = new BitSet();
            behind.stream().forEach(offset -> shifted.set(end + offset));
            BitSet both = (BitSet) offsets.clone();
            both.or(shifted);
            assertEquals(ranges(both), ranges.and(ranges(shifted)), () -> ranges + " and " + ranges(shifted));
        }
    }

    @Test
    void coverNoRecordOfALaterLeader() {
        DoneRanges ranges = DoneRanges.of(new long[] {5, 7}, EPOCH);
        assertTrue(ranges.cover(record(5, Optional.of(EPOCH))));
        assertTrue(ranges.cover(record(6, Optional.of(EPOCH - 1))));
        assertTrue(ranges.cover(record(6, Optional.empty())));
        assertFalse(ranges.cover(record(6, Optional.of(EPOCH + 1))));
        DoneRanges withoutEpoch = DoneRanges.of(new long[] {5, 7}, -1);
        assertTrue(withoutEpoch.cover(record(6, Optional.empty())));
        assertFalse(withoutEpoch.cover(record(6, Optional.of(0))));
    }

    @Test
    void keepTheHigherEpochOfTwo() {
        DoneRanges older = DoneRanges.of(new long[] {5, 7}, EPOCH - 1);
        DoneRanges newer = DoneRanges.of(new long[] {7, 9}, EPOCH);
        assertEquals(DoneRanges.of(new long[] {5, 9}, EPOCH), older.and(newer));
    }

    @Test
    void tellTheirBounds() {
        DoneRanges ranges = DoneRanges.of(new long[] {5, 7, 9, 10}, EPOCH);
        assertEquals(2, ranges.count());
        assertEquals(9, ranges.first(1));
        assertEquals(7, ranges.end(0));
        assertEquals(10, ranges.end());
        assertEquals("[5 to 6, 9 to 9]", ranges.toString());
        assertTrue(DoneRanges.NONE.isEmpty());
        assertTrue(DoneRanges.NONE.end() < 0);
        assertEquals(DoneRanges.NONE, DoneRanges.of(new long[0], EPOCH));
        assertNotEquals(ranges, DoneRanges.of(new long[] {5, 7, 9, 10}, EPOCH + 1));
        assertNotEquals(ranges, DoneRanges.of(new long[] {5, 7, 9, 11}, EPOCH));
    }

    @Test
    void doNotChangeWithTheArrayTheyWereMadeOf() {
        long[] bounds = {5, 7};
        DoneRanges ranges = DoneRanges.of(bounds, EPOCH);
        bounds[0] = 6;
        assertEquals(5, ranges.first(0));
    }

    @Test
    void refuseBoundsThatDoNotRiseOrHaveNoPartner() {
        assertRefused("bounds of ranges rise, but 7 follows 7", 5, 7, 7, 9);
        assertRefused("bounds of ranges rise, but 4 follows 5", 5, 4);
        assertRefused("a range has two bounds, but there are 3 in all", 5, 6, 7);
        DoneRanges ranges = DoneRanges.of(new long[] {5, 9}, EPOCH);
        assertThrows(IllegalArgumentException.class, () -> ranges.and(DoneRanges.of(new long[] {8, 12}, EPOCH)));
    }

    private static void assertRefused(String why, long... bounds) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> DoneRanges.of(bounds, EPOCH));
        assertTrue(refusal.getMessage().contains(why), refusal::getMessage);
    }

    private static void assertCovers(BitSet offsets, DoneRanges ranges) {
        for (int offset = 0; offset < MOST + 2; offset++) {
            int at = offset;
            assertEquals(
                    offsets.get(offset),
                    ranges.cover(record(offset, Optional.of(EPOCH))),
                    () -> ranges + " covers " + at);
        }
    }

    private static BitSet offsets(Random random, int below) {
        BitSet offsets = new BitSet();
        for (int i = 0; i < below; i++) {
            if (random.nextInt(3) > 0) {
                offsets.set(i);
            }
        }
        return offsets;
    }

    private static DoneRanges ranges(BitSet offsets) {
        List<Long> bounds = new ArrayList<>();
        for (int first = offsets.nextSetBit(0); first >= 0; first = offsets.nextSetBit(offsets.nextClearBit(first))) {
            bounds.add((long) first);
            bounds.add((long) offsets.nextClearBit(first));
        }
        return DoneRanges.of(bounds.stream().mapToLong(Long::longValue).toArray(), EPOCH);
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, Optional<Integer> epoch) {
        return new ConsumerRecord<>(
                "topic", 0, offset, 0, TimestampType.CREATE_TIME, 0, 0, null, null, new RecordHeaders(), epoch);
    }
}
