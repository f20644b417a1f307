package io.bywash.core.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.GroupConsumer;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.binding.HandlerRoutes;
import io.bywash.core.deadletter.DeadLetters;
import io.bywash.core.environment.Environment;
import io.bywash.core.fixture.Await;
import io.bywash.core.lane.LaneTakers;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.session.Batch;
import io.bywash.core.session.Origin;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.TakerFactory;
import io.bywash.core.settings.Ordering;
import io.bywash.core.worker.HandlerTaker;
import io.bywash.core.worker.WorkerContext;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
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
    private static final int PER_POLL = 500;

    /** Lanes go by how quick calls are once they have seen so many. */
    private static final int SETTLED = 5_000;

    /** As quick a call as lets a lane stay with a partition, and one that does not. */
    private static final int QUICK_ROUNDS = 8_000;

    private static final int SLOW_ROUNDS = 40_000;

    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    private final AtomicLong manyHandled = new AtomicLong();
    private final AtomicInteger fewLeft = new AtomicInteger(FEW);
    private final AtomicLong manyWhenFewWereOver = new AtomicLong();
    private final List<Throwable> fatal = new CopyOnWriteArrayList<>();
    private final List<PartitionSession> sessions = new ArrayList<>();
    private final AtomicLong computed = new AtomicLong();

    @SuppressWarnings("NullAway.Init") // every test begins with it
    private TakerFactory takers;

    enum Kind {
        PLATFORM,
        VIRTUAL;

        Threads threads() {
            return WorkerThreads.choose(Runtime.version().feature(), String.valueOf(this == VIRTUAL));
        }
    }

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
        takers = takers(kind, ordering, new Computing(rounds));
        List<Batch> many = batches(MANY);
        for (int partition = 1; partition <= BUSY; partition++) {
            deliver(assign(partition), many);
        }
        Await.until("the many are under way", () -> {
            takers.turn();
            return manyHandled.get() >= SETTLED;
        });
        long before = manyHandled.get();
        assertTrue(before < BUSY * MANY / 2L, () -> before + " of the many are over before the few come");
        deliver(assign(0), batches(FEW));
        Await.until(() -> fewLeft + " of the few are left, " + manyHandled + " of the many handled, " + fatal, () -> {
            takers.turn();
            return fewLeft.get() == 0;
        });
        long meanwhile = manyWhenFewWereOver.get() - before;
        assertTrue(meanwhile < BUSY * MANY / 10L, () -> "the few were over after " + meanwhile + " of the many");
        assertEquals(List.of(), fatal);
    }

    @AfterEach
    void stop() {
        sessions.forEach(PartitionSession::stop);
        Await.until(
                "all are quiet",
                () -> sessions.stream().allMatch(session -> session.taker().isQuiet()));
        takers.close();
    }

    private TakerFactory takers(Kind kind, Ordering ordering, TopicHandler<byte[], byte[]> handler) {
        HandlerBinding<byte[], byte[]> binding =
                HandlerBinding.of(handler, ByteArrayDeserializer::new, ByteArrayDeserializer::new);
        WorkerContext context = new WorkerContext(
                GroupConsumer.builder()
                        .group("billing")
                        .topics("orders")
                        .kafka(Map.of("bootstrap.servers", "127.0.0.1:1"))
                        .ordering(ordering)
                        .handler(binding)
                        .build()
                        .settings(),
                environment(new ThreadRunner(kind.threads())),
                new DeadLetters(
                        () -> {
                            throw new AssertionError("no letter is written");
                        },
                        topic -> topic,
                        Ticker.SYSTEM),
                new ConsumerMetrics(new MetricRegistry(), "billing"),
                event -> {},
                fatal::add);
        HandlerRoutes routes = new HandlerRoutes(Map.of(), Optional.of(binding));
        return ordering instanceof Ordering.Partition
                ? new HandlerTaker(context, routes)
                : new LaneTakers(context, routes);
    }

    private static Environment environment(StepRunner workers) {
        Environment system = Environment.system();
        return new Environment(
                system.ticker(),
                system.clock(),
                system.waiting(),
                system.runner(),
                workers,
                system.calls(),
                system.random(),
                system.processors(),
                system.clients());
    }

    private PartitionSession assign(int number) {
        PartitionSession session = new PartitionSession(
                new TopicPartition("orders", number), number, Origin.fresh(0, Instant.EPOCH), Integer.MAX_VALUE);
        session.takenBy(takers.create(session, () -> true));
        sessions.add(session);
        session.taker().start();
        return session;
    }

    private static void deliver(PartitionSession session, List<Batch> batches) {
        long next = 0;
        for (Batch batch : batches) {
            next += batch.records().size();
            session.offer(batch, next);
        }
    }

    /** Each record has a key of its own. All partitions may share them, since nobody asks a record where it is from. */
    private static List<Batch> batches(int records) {
        return LongStream.range(0, (records + PER_POLL - 1) / PER_POLL)
                .mapToObj(poll -> Batch.of(LongStream.range(poll * PER_POLL, Math.min(records, (poll + 1) * PER_POLL))
                        .mapToObj(FairnessTest::record)
                        .toList()))
                .toList();
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset) {
        byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(offset).array();
        return new ConsumerRecord<>("orders", 0, offset, key, key);
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
