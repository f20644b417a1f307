package io.bywash.core.thread;

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
import io.bywash.handler.TopicHandler;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Partitions whose records are taken on real threads, without a broker. What the poll thread does otherwise is up to the test's thread. */
final class TakersOnThreads implements AutoCloseable {
    private static final int PER_POLL = 500;

    private final TakerFactory takers;
    private final List<Throwable> fatal = new CopyOnWriteArrayList<>();
    private final List<PartitionSession> sessions = new ArrayList<>();

    /** On what they are taken. */
    enum Kind {
        PLATFORM,
        VIRTUAL;

        private Threads threads() {
            return WorkerThreads.choose(Runtime.version().feature(), String.valueOf(this == VIRTUAL));
        }
    }

    TakersOnThreads(Kind kind, Ordering ordering, TopicHandler<byte[], byte[]> handler) {
        HandlerBinding<byte[], byte[]> binding =
                new HandlerBinding<>("order-handler", handler, ByteArrayDeserializer::new, ByteArrayDeserializer::new);
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
        takers = ordering instanceof Ordering.Partition
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

    PartitionSession assign(int number) {
        PartitionSession session = new PartitionSession(
                new TopicPartition("orders", number), number, Origin.fresh(0, Instant.EPOCH), Integer.MAX_VALUE);
        session.takenBy(takers.create(session, () -> true));
        sessions.add(session);
        session.taker().start();
        return session;
    }

    static void deliver(PartitionSession session, List<Batch> batches) {
        long next = session.ledger().deliveredNext();
        for (Batch batch : batches) {
            next += batch.records().size();
            session.offer(batch, next, Optional.empty());
        }
    }

    /** Each record has a key of its own, its offset. All partitions may share them, since nobody asks a record where it is from. */
    static List<Batch> batches(int records) {
        return LongStream.range(0, (records + PER_POLL - 1) / PER_POLL)
                .mapToObj(poll -> Batch.of(LongStream.range(poll * PER_POLL, Math.min(records, (poll + 1) * PER_POLL))
                        .mapToObj(offset -> record(offset, offset))
                        .toList()))
                .toList();
    }

    static ConsumerRecord<byte[], byte[]> record(long offset, long key) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(key).array();
        return new ConsumerRecord<>("orders", 0, offset, bytes, bytes);
    }

    /** Takes the poll thread's turns until something is so. */
    void awaitInTurns(Supplier<String> what, BooleanSupplier condition) {
        Await.until(() -> what.get() + ", " + fatal, () -> {
            takers.turn();
            return condition.getAsBoolean();
        });
    }

    /** What would have stopped the consumer. */
    List<Throwable> fatal() {
        return List.copyOf(fatal);
    }

    @Override
    public void close() {
        sessions.forEach(PartitionSession::stop);
        Await.until(
                "all are quiet",
                () -> sessions.stream().allMatch(session -> session.taker().isQuiet()));
        takers.close();
    }
}
