package io.bywash.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.ledger.Frontier;
import io.bywash.core.session.Batch;
import io.bywash.core.session.Origin;
import io.bywash.core.session.PartitionSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Records are delivered, complete in any order, fail and are tried again, and their partition is handed on. After every step what
 * would be committed is what {@link NaiveBooks} say.
 */
class SequencerFuzzTest {
    private static final TopicPartition PARTITION = new TopicPartition(LaneBench.TOPIC, 0);

    /** What may happen to a partition. */
    enum Move {
        DELIVER,
        READ_ON,
        TAKE,
        HANDLE,
        HANDLE_AND_TAKE,
        FAIL,
        TRY_AGAIN,
        GIVE_UP,
        WANT_REPORT,
        END_TURN,
        HAND_ON
    }

    private record Step(Move move, int number) {}

    /** Which records wait for each other. */
    enum Order {
        PARTITION,
        KEY,
        NONE;

        private KeyOrder keys() {
            return switch (this) {
                case PARTITION -> new KeyOrder.Whole();
                case KEY -> new KeyOrder.ByKey(1);
                case NONE -> new KeyOrder.Free();
            };
        }

        private boolean belongTogether(ConsumerRecord<byte[], byte[]> one, ConsumerRecord<byte[], byte[]> other) {
            return switch (this) {
                case PARTITION -> true;
                case KEY -> one.key() != null && Arrays.equals(one.key(), other.key());
                case NONE -> false;
            };
        }
    }

    /** A record of the log, with distances in the place of offset and epoch. */
    private record Written(int hole, int newLeaders, int key) {}

    /** What was committed before the first ownership; the ranges as the distances of their bounds. */
    private record Past(long start, int epoch, int laterLeaders, List<Integer> bounds) {
        Frontier committed() {
            long[] offsets = new long[bounds.size() / 2 * 2];
            long last = start - 1;
            for (int i = 0; i < offsets.length; i++) {
                last += bounds.get(i);
                offsets[i] = last;
            }
            return new Frontier(start, known(epoch), DoneRanges.of(offsets, epoch + laterLeaders), Optional.empty());
        }

        List<ConsumerRecord<byte[], byte[]>> log(List<Written> written) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            long offset = start;
            int leader = epoch;
            for (Written one : written) {
                offset += one.hole();
                leader += one.newLeaders();
                byte[] key = one.key() == 0 ? null : new byte[] {(byte) one.key()};
                records.add(Records.record(offset++, key, known(leader)));
            }
            return records;
        }

        private static Optional<Integer> known(int epoch) {
            return epoch < 0 ? Optional.empty() : Optional.of(epoch);
        }
    }

    @Property(tries = 2_000)
    void whatIsCommittedIsWhatOneWouldSayWhoRemembersEverything(
            @ForAll Order order,
            @ForAll("pasts") Past past,
            @ForAll("logs") List<Written> log,
            @ForAll("steps") List<Step> steps) {
        Ownership ownership = new Ownership(order, past.committed(), past.log(log));
        ownership.assertAsTheModel();
        for (Step step : steps) {
            if (step.move() == Move.HAND_ON) {
                ownership = ownership.next();
            } else {
                ownership.go(step);
            }
            ownership.assertAsTheModel();
        }
    }

    /** The real books of one ownership and the naive ones, which are told the same. */
    private static final class Ownership implements Sequencer.Failures {
        private final Order order;
        private final List<ConsumerRecord<byte[], byte[]>> log;
        private final PartitionSession session;
        private final Sequencer sequencer;
        private final NaiveBooks model;
        private final List<Item> inCalls = new ArrayList<>();
        private final List<Item> failed = new ArrayList<>();
        private int delivered;

        Ownership(Order order, Frontier committed, List<ConsumerRecord<byte[], byte[]>> log) {
            this.order = order;
            this.log = log.stream()
                    .filter(record -> record.offset() >= committed.offset())
                    .toList();
            Origin origin = new Origin(
                    committed.offset(),
                    committed.leaderEpoch(),
                    List.of(),
                    committed.done(),
                    Optional.of(Instant.EPOCH),
                    Optional.empty(),
                    Optional.empty());
            session = new PartitionSession(PARTITION, 1, origin, Integer.MAX_VALUE);
            sequencer = new Sequencer(null, session, new Sequencer.Order(order.keys(), new Supply.Singles()), this);
            model = new NaiveBooks(committed, order::belongTogether);
        }

        /** What was under way is dropped; the next owner has what was committed, and reads on from there. */
        Ownership next() {
            return new Ownership(order, session.ledger().frontier(), log);
        }

        void assertAsTheModel() {
            assertEquals(model.frontier(), session.ledger().frontier());
            assertEquals(model.waiting(), session.queue().waitingRecords());
            assertEquals(inCalls.size(), sequencer.calls());
        }

        void go(Step step) {
            int number = step.number();
            switch (step.move()) {
                case DELIVER -> deliver(number);
                case READ_ON -> readOn(number);
                case TAKE -> exchange(null);
                case HANDLE -> removed(inCalls, number).ifPresent(item -> settle(item, Result.HANDLED));
                case HANDLE_AND_TAKE -> removed(inCalls, number).ifPresent(this::exchange);
                case FAIL ->
                    removed(inCalls, number)
                            .ifPresent(item -> settle(item, new Result.Failed(new IllegalStateException("no"))));
                case TRY_AGAIN -> removed(failed, number).ifPresent(item -> settle(item, Result.AGAIN));
                case GIVE_UP -> removed(failed, number).ifPresent(item -> settle(item, Result.OVER));
                case WANT_REPORT -> {
                    session.ledger().wantReport();
                    model.wantReport();
                }
                default -> {
                    sequencer.settle(null);
                    model.endTurn();
                }
            }
        }

        private static Optional<Item> removed(List<Item> items, int number) {
            return items.isEmpty() ? Optional.empty() : Optional.of(items.remove(number % items.size()));
        }

        private void deliver(int number) {
            int end = Math.min(log.size(), delivered + 1 + number % 6);
            if (delivered < end) {
                List<ConsumerRecord<byte[], byte[]>> records = log.subList(delivered, end);
                delivered = end;
                long position = within(records.get(records.size() - 1).offset() + 1, number);
                session.ledger().delivered(records, position, Optional.empty());
                session.queue().offer(Batch.of(records));
                sequencer.batchCame();
                model.delivered(records);
                model.readOnTo(position);
            }
        }

        private void readOn(int number) {
            long position = within(session.ledger().deliveredNext(), number);
            session.ledger().advanced(position, Optional.empty());
            model.readOnTo(position);
        }

        /** A position not beyond the next record, which nobody reads over. */
        private long within(long least, int number) {
            long beyond = least + number % 4;
            return delivered == log.size()
                    ? beyond
                    : Math.min(beyond, log.get(delivered).offset());
        }

        private void exchange(@Nullable Item done) {
            if (done != null) {
                done.result = Result.HANDLED;
                model.complete(done.record);
            }
            Optional<ConsumerRecord<byte[], byte[]>> expected = model.take();
            model.endTurn();
            Optional<Item> taken = Optional.ofNullable(sequencer.exchange(done));
            assertEquals(expected, taken.map(item -> item.record));
            taken.ifPresent(inCalls::add);
        }

        private void settle(Item item, Result result) {
            if (result.equals(Result.HANDLED) || result.equals(Result.OVER)) {
                model.complete(item.record);
            } else if (result.equals(Result.AGAIN)) {
                model.tryAgain(item.record);
            }
            model.endTurn();
            item.result = result;
            sequencer.settle(item);
        }

        @Override
        public boolean isDecided(Item item) {
            return false;
        }

        @Override
        public void take(Item item) {
            failed.add(item);
        }

        @Override
        public void lookAgain() {
            // Every step looks.
        }
    }

    @Provide
    Arbitrary<Past> pasts() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 1L << 40),
                        Arbitraries.integers().between(-1, 2),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, 5).list().ofMaxSize(12))
                .as(Past::new);
    }

    @Provide
    Arbitrary<List<Written>> logs() {
        return Combinators.combine(
                        Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 1), Tuple.of(1, 3)),
                        Arbitraries.frequency(Tuple.of(9, 0), Tuple.of(1, 1)),
                        Arbitraries.integers().between(0, 3))
                .as(Written::new)
                .list()
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Move> moves = Arbitraries.frequency(
                Tuple.of(4, Move.DELIVER),
                Tuple.of(1, Move.READ_ON),
                Tuple.of(6, Move.TAKE),
                Tuple.of(4, Move.HANDLE),
                Tuple.of(4, Move.HANDLE_AND_TAKE),
                Tuple.of(2, Move.FAIL),
                Tuple.of(2, Move.TRY_AGAIN),
                Tuple.of(2, Move.GIVE_UP),
                Tuple.of(4, Move.WANT_REPORT),
                Tuple.of(3, Move.END_TURN),
                Tuple.of(1, Move.HAND_ON));
        return Combinators.combine(moves, Arbitraries.integers().between(0, 100))
                .as(Step::new)
                .list()
                .ofMaxSize(120);
    }
}
