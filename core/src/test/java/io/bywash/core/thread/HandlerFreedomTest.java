package io.bywash.core.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.core.session.Batch;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.settings.Ordering;
import io.bywash.core.thread.TakersOnThreads.Kind;
import io.bywash.handler.HandlerContext;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A handler may do what any code may: wait while it holds a monitor, and keep values with its thread for the time of a call. */
@Timeout(120)
class HandlerFreedomTest {
    /** More than there are carriers of virtual threads. */
    private static final int OWN_MONITORS = 4 * Runtime.getRuntime().availableProcessors();

    private static final int IN_SHARED_MONITOR = 4;
    private static final int BLOCKING = OWN_MONITORS + IN_SHARED_MONITOR;
    private static final int LANES = BLOCKING + 2;

    /** After so many quick calls no more lanes are at work than there are processors, until one takes long. */
    private static final int QUICK = 5_000;

    private static final int FREE = 2_000;
    private static final int PARTITIONS = 4;
    private static final int RECORDS = 500;
    private static final int FIRST_THAT_DOES_NOT_PIN = 24;
    private static final long MOMENT_NANOS = 20_000;

    private final List<Object> monitors =
            IntStream.range(0, OWN_MONITORS).mapToObj(key -> new Object()).toList();
    private final Object shared = new Object();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger atGate = new AtomicInteger();
    private final AtomicInteger blockingOver = new AtomicInteger();
    private final AtomicInteger freeOver = new AtomicInteger();

    private final ThreadLocal<String> local = new ThreadLocal<>();
    private final ThreadLocal<String> handedDown = new InheritableThreadLocal<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();

    static Stream<Kind> kinds() {
        boolean virtual = Runtime.version().feature() >= FIRST_THAT_DOES_NOT_PIN;
        return virtual ? Stream.of(Kind.values()) : Stream.of(Kind.PLATFORM);
    }

    static Stream<Arguments> cases() {
        return kinds().flatMap(kind -> Stream.of(Ordering.PARTITION, Ordering.key(LANES), Ordering.none(LANES))
                .map(ordering -> Arguments.of(kind, ordering)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void keysWhoseCallsBlockInMonitorsHoldUpNoOtherKeyAndComplete(Kind kind) {
        try (TakersOnThreads takers = new TakersOnThreads(kind, Ordering.key(LANES), this::blockOrNot)) {
            try {
                PartitionSession session = takers.assign(0);
                deliver(session, freeKeys(QUICK));
                takers.awaitInTurns(() -> freeOver + " quick ones are over", () -> freeOver.get() == QUICK);
                deliver(session, LongStream.range(0, 2 * BLOCKING).map(record -> record % BLOCKING));
                takers.awaitInTurns(() -> atGate + " hold monitors and wait", () -> atGate.get() == OWN_MONITORS + 1);

                deliver(session, freeKeys(FREE));
                deliver(takers.assign(1), freeKeys(FREE));
                takers.awaitInTurns(() -> freeOver + " others are over", () -> freeOver.get() == QUICK + 2 * FREE);
                assertEquals(0, blockingOver.get(), "nobody opened the gate");

                gate.countDown();
                awaitAllComplete(takers, List.of(session));
                assertEquals(2 * BLOCKING, blockingOver.get());
                assertEquals(List.of(), takers.fatal());
            } finally {
                gate.countDown();
            }
        }
    }

    private void blockOrNot(ConsumerRecord<byte[], byte[]> record, HandlerContext context) throws InterruptedException {
        int key = (int) ByteBuffer.wrap(record.key()).getLong();
        if (key >= BLOCKING) {
            freeOver.incrementAndGet();
            return;
        }
        synchronized (key < OWN_MONITORS ? monitors.get(key) : shared) {
            atGate.incrementAndGet();
            gate.await();
        }
        blockingOver.incrementAndGet();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatACallKeepsWithItsThreadIsItsOwnUntilItsEnd(Kind kind, Ordering ordering) {
        try (TakersOnThreads takers = new TakersOnThreads(kind, ordering, this::keepForTheCall)) {
            List<PartitionSession> sessions =
                    IntStream.range(0, PARTITIONS).mapToObj(takers::assign).toList();
            sessions.forEach(session -> deliver(session, LongStream.range(0, RECORDS)));
            awaitAllComplete(takers, sessions);
            assertEquals(List.of(), List.copyOf(violations));
            assertEquals(List.of(), takers.fatal());
        }
    }

    private void keepForTheCall(ConsumerRecord<byte[], byte[]> record, HandlerContext context) {
        String own = context.partition() + "@" + record.offset();
        expect(own, null);
        local.set(own);
        handedDown.set(own);
        LockSupport.parkNanos(MOMENT_NANOS);
        expect(own, own);
        local.remove();
        handedDown.remove();
    }

    private void expect(String call, @Nullable String value) {
        if (!Objects.equals(local.get(), value) || !Objects.equals(handedDown.get(), value)) {
            violations.add("the call of " + call + " found " + local.get() + " and " + handedDown.get());
        }
    }

    private static LongStream freeKeys(int count) {
        return LongStream.range(BLOCKING, BLOCKING + count);
    }

    /** Delivers a record for each key. */
    private static void deliver(PartitionSession session, LongStream keys) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long first = session.ledger().deliveredNext();
        keys.forEach(key -> records.add(TakersOnThreads.record(first + records.size(), key)));
        TakersOnThreads.deliver(session, List.of(Batch.of(records)));
    }

    private static void awaitAllComplete(TakersOnThreads takers, List<PartitionSession> sessions) {
        takers.awaitInTurns(
                () -> "complete up to "
                        + sessions.stream()
                                .map(session -> session.ledger().frontierOffset() + " of "
                                        + session.ledger().deliveredNext())
                                .toList(),
                () -> sessions.stream()
                        .allMatch(session -> session.ledger().frontierOffset()
                                == session.ledger().deliveredNext()));
    }
}
