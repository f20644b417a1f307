package io.bywash.core.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
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
        ledger.delivered(List.of(record(0, 1), record(1, 1), record(5, 1)), 9, Optional.empty());
        assertEquals(0, ledger.frontierOffset());
        ledger.complete(0);
        assertEquals(1, ledger.frontierOffset());
    }

    @Test
    void goesOverTheHolesWhenAllIsComplete() {
        Ledger ledger = new Ledger(0, Optional.empty(), DoneRanges.NONE);
        ledger.delivered(List.of(record(0, 1), record(5, 1)), 9, Optional.empty());
        ledger.complete(0);
        ledger.complete(5);
        assertEquals(9, ledger.frontierOffset());
        ledger.advanced(12, Optional.empty());
        assertEquals(12, ledger.frontierOffset());
        ledger.advanced(10, Optional.empty());
        assertEquals(12, ledger.frontierOffset(), "never back");
    }

    @Test
    void waitsForWhatWasDeliveredBeforeItGoesOverHoles() {
        Ledger ledger = new Ledger(0, Optional.empty(), DoneRanges.NONE);
        ledger.delivered(List.of(record(3, 1)), 4, Optional.empty());
        ledger.advanced(20, Optional.empty());
        assertTrue(ledger.frontierOffset() <= 3);
        ledger.complete(3);
        assertEquals(20, ledger.frontierOffset());
    }

    @Test
    void refusesADeliveryThatGoesBack() {
        Ledger ledger = new Ledger(10, Optional.empty(), DoneRanges.NONE);
        IllegalStateException refusal = assertThrows(
                IllegalStateException.class, () -> ledger.delivered(List.of(record(9, 1)), 10, Optional.empty()));
        assertTrue(refusal.getMessage().contains("offset 9"), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("10"), refusal::getMessage);
    }

    @Test
    void completesThroughAnOffsetAndNeverBack() {
        Ledger ledger = new Ledger(0, Optional.empty(), DoneRanges.NONE);
        ledger.delivered(List.of(record(0, 1), record(1, 1), record(2, 1)), 3, Optional.empty());
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
            switch (random.nextInt(6)) {
                case 0 -> naive.deliverTo(ledger, random);
                case 1 -> naive.advance(ledger, random, random.nextInt(10));
                case 2 -> naive.completeUpToTheNext(ledger);
                default -> naive.completeNext(ledger);
            }
            String at = "seed " + seed + ", step " + step;
            assertTrue(ledger.frontierOffset() >= before, at);
            before = ledger.frontierOffset();
            Frontier frontier = ledger.frontier();
            assertEquals(Optional.empty(), naive.wrongEpoch(frontier), at);
            if (naive.isComplete()) {
                assertEquals(naive.frontier(), frontier.offset(), at);
            } else {
                // Holes before the first incomplete record may or may not be passed, the record itself must not.
                assertTrue(frontier.offset() <= naive.frontier(), at);
                assertTrue(frontier.offset() > naive.lastComplete(), at);
            }
        }
    }

    /** Remembers every record there was, and the leader of every offset, be there a record or not. */
    private static final class Naive {
        private final List<ConsumerRecord<byte[], byte[]>> delivered = new ArrayList<>();
        private final NavigableMap<Long, Integer> leaders = new TreeMap<>();
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

        private void write(Random random) {
            epoch += random.nextInt(4) == 0 ? 1 : 0;
            leaders.put(next++, epoch);
        }

        private void skip(Random random, int offsets) {
            for (int i = 0; i < offsets; i++) {
                write(random);
            }
        }

        void deliverTo(Ledger ledger, Random random) {
            List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(5); i++) {
                skip(random, random.nextInt(3));
                write(random);
                batch.add(record(next - 1, epoch));
            }
            skip(random, random.nextInt(3));
            delivered.addAll(batch);
            ledger.delivered(batch, next, Optional.of(epoch));
        }

        void advance(Ledger ledger, Random random, int by) {
            skip(random, by);
            ledger.advanced(next, by == 0 ? Optional.empty() : Optional.of(epoch));
        }

        void completeNext(Ledger ledger) {
            if (!isComplete()) {
                ledger.complete(delivered.get(complete++).offset());
            }
        }

        /** As lanes do, which know of no hole before a record that is not complete. */
        void completeUpToTheNext(Ledger ledger) {
            completeNext(ledger);
            if (!isComplete()) {
                ledger.completeThrough(delivered.get(complete).offset() - 1, Optional.empty());
            }
        }

        boolean isComplete() {
            return complete == delivered.size();
        }

        long lastComplete() {
            return complete == 0 ? start - 1 : delivered.get(complete - 1).offset();
        }

        long frontier() {
            return isComplete() ? next : delivered.get(complete).offset();
        }

        /** What is wrong with the epoch of a frontier: a broker would say that it ended below, or nobody below or at it has led under it. */
        Optional<String> wrongEpoch(Frontier frontier) {
            if (frontier.offset() == start) {
                return frontier.leaderEpoch().equals(startEpoch)
                        ? Optional.empty()
                        : Optional.of("at the start " + frontier);
            }
            int told = frontier.leaderEpoch().orElse(-1);
            int least = leaders.get(frontier.offset() - 1);
            int most = leaders.getOrDefault(frontier.offset(), least);
            return told >= least && told <= most
                    ? Optional.empty()
                    : Optional.of(frontier + " and not " + least + " to " + most);
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
