package io.bywash.core.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The frontier is what a reader of the log would say who remembers every record. */
class LedgerTest {

    @Test
    void beginsWhereItWasTold() {
        Ledger ledger = new Ledger(42, Optional.of(3), DoneRanges.NONE);
        assertEquals(new Frontier(42, Optional.of(3), DoneRanges.NONE, Optional.empty()), ledger.frontier());
    }

    @Test
    void standsAtTheFirstRecordThatIsNotComplete() {
        Ledger ledger = new Ledger(0, Optional.empty(), DoneRanges.NONE);
        ledger.delivered(List.of(record(0, 1), record(1, 1), record(5, 1)), 9);
        assertEquals(0, ledger.frontierOffset());
        ledger.complete(0);
        assertEquals(1, ledger.frontierOffset());
    }

    @Test
    void goesOverTheHolesWhenAllIsComplete() {
        Ledger ledger = new Ledger(0, Optional.empty(), DoneRanges.NONE);
        ledger.delivered(List.of(record(0, 1), record(5, 1)), 9);
        ledger.complete(0);
        ledger.complete(5);
        assertEquals(9, ledger.frontierOffset());
        ledger.advanced(12);
        assertEquals(12, ledger.frontierOffset());
        ledger.advanced(10);
        assertEquals(12, ledger.frontierOffset(), "never back");
    }

    @Test
    void waitsForWhatWasDeliveredBeforeItGoesOverHoles() {
        Ledger ledger = new Ledger(0, Optional.empty(), DoneRanges.NONE);
        ledger.delivered(List.of(record(3, 1)), 4);
        ledger.advanced(20);
        assertTrue(ledger.frontierOffset() <= 3);
        ledger.complete(3);
        assertEquals(20, ledger.frontierOffset());
    }

    @Test
    void refusesADeliveryThatGoesBack() {
        Ledger ledger = new Ledger(10, Optional.empty(), DoneRanges.NONE);
        IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> ledger.delivered(List.of(record(9, 1)), 10));
        assertTrue(refusal.getMessage().contains("offset 9"), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("10"), refusal::getMessage);
    }

    @Test
    void completesThroughAnOffsetAndNeverBack() {
        Ledger ledger = new Ledger(0, Optional.empty(), DoneRanges.NONE);
        ledger.delivered(List.of(record(0, 1), record(1, 1), record(2, 1)), 3);
        ledger.completeThrough(1, Optional.of("so far"));
        ledger.completeThrough(0, Optional.of("too late"));
        assertEquals(new Frontier(2, Optional.of(1), DoneRanges.NONE, Optional.of("so far")), ledger.frontier());
        ledger.completeThrough(2, Optional.empty());
        assertEquals(
                new Frontier(3, Optional.of(1), DoneRanges.NONE, Optional.of("so far")),
                ledger.frontier(),
                "the text stays");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void agreesWithANaiveModel(long seed) {
        for (int run = 0; run < 100; run++) {
            agrees(new Random(1_000 * seed + run), seed + "/" + run);
        }
    }

    private static void agrees(Random random, String seed) {
        long start = random.nextInt(100);
        Optional<Integer> epoch = random.nextBoolean() ? Optional.of(random.nextInt(3)) : Optional.empty();
        Ledger ledger = new Ledger(start, epoch, DoneRanges.NONE);
        Naive naive = new Naive(start, epoch);
        long before = start;
        for (int step = 0; step < 60; step++) {
            switch (random.nextInt(5)) {
                case 0 -> naive.deliverTo(ledger, random);
                case 1 -> naive.advance(ledger, random.nextInt(10));
                default -> naive.completeNext(ledger);
            }
            String at = "seed " + seed + ", step " + step;
            assertTrue(ledger.frontierOffset() >= before, at);
            before = ledger.frontierOffset();
            if (naive.isComplete()) {
                assertEquals(naive.frontier(), ledger.frontier(), at);
            } else {
                // Holes before the first incomplete record may or may not be passed, the record itself must not.
                assertTrue(ledger.frontierOffset() <= naive.frontier().offset(), at);
                assertTrue(ledger.frontierOffset() > naive.lastComplete(), at);
                assertEquals(naive.frontier().leaderEpoch(), ledger.frontier().leaderEpoch(), at);
            }
        }
    }

    /** Remembers every record there was. */
    private static final class Naive {
        private final List<ConsumerRecord<byte[], byte[]>> delivered = new ArrayList<>();
        private final long start;
        private final Optional<Integer> startEpoch;
        private int complete;
        private long next;
        private int epoch;

        Naive(long start, Optional<Integer> startEpoch) {
            this.start = start;
            this.startEpoch = startEpoch;
            this.next = start;
            this.epoch = startEpoch.orElse(0);
        }

        void deliverTo(Ledger ledger, Random random) {
            List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
            long offset = next;
            for (int i = 0; i <= random.nextInt(5); i++) {
                offset += random.nextInt(3);
                epoch += random.nextInt(4) == 0 ? 1 : 0;
                batch.add(record(offset++, epoch));
            }
            next = offset + random.nextInt(3);
            delivered.addAll(batch);
            ledger.delivered(batch, next);
        }

        void advance(Ledger ledger, int by) {
            next += by;
            ledger.advanced(next);
        }

        void completeNext(Ledger ledger) {
            if (!isComplete()) {
                ledger.complete(delivered.get(complete++).offset());
            }
        }

        boolean isComplete() {
            return complete == delivered.size();
        }

        long lastComplete() {
            return complete == 0 ? start - 1 : delivered.get(complete - 1).offset();
        }

        Frontier frontier() {
            Optional<Integer> last =
                    complete == 0 ? startEpoch : delivered.get(complete - 1).leaderEpoch();
            return new Frontier(
                    isComplete() ? next : delivered.get(complete).offset(), last, DoneRanges.NONE, Optional.empty());
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, int epoch) {
        return new ConsumerRecord<>(
                "topic",
                0,
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                null,
                new RecordHeaders(),
                Optional.of(epoch));
    }
}
