package io.bywash.core.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.session.Batch;
import io.bywash.core.settings.Ordering;
import io.bywash.core.thread.TakersOnThreads.Kind;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * On real threads, and with a handler that computes: more partitions than can be worked on at once have records for a long while, and
 * one that comes after them has few.
 */
@Timeout(120)
class FairnessTest {
    /** More than can be worked on at once, whatever the processors. */
    private static final int BUSY = 4 * Runtime.getRuntime().availableProcessors();

    private static final int MANY = 200_000;
    private static final int FEW = 100;

    /** Lanes go by how quick calls are once they have seen so many. */
    private static final int SETTLED = 5_000;

    /** As quick a call as lets a lane stay with a partition, and one that does not. */
    private static final int QUICK_ROUNDS = 8_000;

    private static final int SLOW_ROUNDS = 40_000;

    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    private final AtomicLong manyHandled = new AtomicLong();
    private final AtomicInteger fewLeft = new AtomicInteger(FEW);
    private final AtomicLong manyWhenFewWereOver = new AtomicLong();
    private final AtomicLong computed = new AtomicLong();

    static Stream<Arguments> cases() {
        boolean hasVirtual = Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS;
        return (hasVirtual ? Stream.of(Kind.values()) : Stream.of(Kind.PLATFORM))
                .flatMap(kind -> Stream.of(Ordering.PARTITION, Ordering.key(BUSY))
                        .flatMap(ordering -> Stream.of(QUICK_ROUNDS, SLOW_ROUNDS)
                                .map(rounds -> Arguments.of(kind, ordering, rounds))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void fewRecordsOfAPartitionDoNotWaitForTheManyOfOthers(Kind kind, Ordering ordering, int rounds) {
        try (TakersOnThreads takers = new TakersOnThreads(kind, ordering, new Computing(rounds))) {
            List<Batch> many = TakersOnThreads.batches(MANY);
            for (int partition = 1; partition <= BUSY; partition++) {
                TakersOnThreads.deliver(takers.assign(partition), many);
            }
            takers.awaitInTurns(() -> "the many are under way", () -> manyHandled.get() >= SETTLED);
            long before = manyHandled.get();
            assertTrue(before < BUSY * MANY / 2L, () -> before + " of the many are over before the few come");
            TakersOnThreads.deliver(takers.assign(0), TakersOnThreads.batches(FEW));
            takers.awaitInTurns(
                    () -> fewLeft + " of the few are left, " + manyHandled + " of the many handled",
                    () -> fewLeft.get() == 0);
            long meanwhile = manyWhenFewWereOver.get() - before;
            assertTrue(meanwhile < BUSY * MANY / 10L, () -> "the few were over after " + meanwhile + " of the many");
            assertEquals(List.of(), takers.fatal());
        }
    }

    private final class Computing implements TopicHandler<byte[], byte[]> {
        private final int rounds;

        Computing(int rounds) {
            this.rounds = rounds;
        }

        @Override
        public void handle(ConsumerRecord<byte[], byte[]> record, HandlerContext context) {
            long number = record.offset();
            for (int round = 0; round < rounds; round++) {
                number = number * 6_364_136_223_846_793_005L + 1;
            }
            // Or the compiler would find out that nobody needs it.
            computed.lazySet(number);
            if (context.partition().partition() > 0) {
                manyHandled.incrementAndGet();
            } else if (fewLeft.decrementAndGet() == 0) {
                manyWhenFewWereOver.set(manyHandled.get());
            }
        }
    }
}
