package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.QuickClients;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.Timing;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two threads do at the same moment what an application may do at any, over and over, on real threads and without a broker. */
@Timeout(120)
class RacesTest {
    private static final int ROUNDS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration FOR_EVER = Duration.ofHours(1);

    private final AtomicInteger openHandlers = new AtomicInteger();

    /** The common pool may have a single thread, which the one that waits would take. */
    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Has the partition from the first poll on. */
    private final QuickClients clients = new QuickClients(client -> {
        if (client.assignment().isEmpty()) {
            client.rebalance(Set.of(QuickClients.PARTITION));
        }
    });

    @Test
    void aStopBesideAStartEndsTheConsumerAndLeavesNothingOpen() throws Exception {
        List<ConsumerState> ends = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            GroupConsumer consumer = consumer(new Counting(false));
            boolean started = race(consumer::start, () -> assertTrue(consumer.close(PATIENCE)));
            assertEquals(ConsumerState.CLOSED, consumer.state(), () -> "failed with " + consumer.failure());
            ends.add(started ? ConsumerState.STARTING : ConsumerState.CREATED);
            awaitNothingOpen();
        }
        assertEquals(
                Set.of(ConsumerState.CREATED, ConsumerState.STARTING), Set.copyOf(ends), "each was first at times");
    }

    @Test
    void aStartThatFailsBesideAStopLeavesNothingOpen() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            GroupConsumer consumer = consumer(new Counting(true));
            race(consumer::start, () -> assertTrue(consumer.close(PATIENCE)));
            assertTrue(consumer.state().isFinal(), () -> "is " + consumer.state());
            awaitNothingOpen();
        }
    }

    @Test
    void twoThatStopAndOneThatWaitsAllSeeTheEnd() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            GroupConsumer consumer = consumer(new Counting(false));
            consumer.start();
            CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> ended(consumer), threads);
            race(() -> consumer.stop(PATIENCE), () -> assertTrue(consumer.close(PATIENCE)));
            assertTrue(waiting.get());
            assertEquals(ConsumerState.CLOSED, consumer.state());
            awaitNothingOpen();
        }
    }

    @Test
    void aReaderThatIsClosedBesideAPollEndsTheStream() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            GroupReader<byte[], byte[]> reader = GroupReader.builder(
                            ByteArrayDeserializer::new, ByteArrayDeserializer::new)
                    .group("races")
                    .topics(QuickClients.PARTITION.topic())
                    .kafka(QuickClients.PROPERTIES)
                    .environment(clients.environment())
                    .start();
            race(
                    () -> {
                        // Whoever closes ends the wait, or it would last for longer than the test may.
                        for (int poll = 0; poll < 3; poll++) {
                            reader.records().poll(poll == 2 ? FOR_EVER : Duration.ZERO);
                        }
                    },
                    () -> assertTrue(reader.close(PATIENCE)));
            assertEquals(ConsumerState.CLOSED, reader.state());
            awaitNothingOpen();
        }
    }

    private GroupConsumer consumer(TopicHandler<byte[], byte[]> handler) {
        return GroupConsumer.builder()
                .group("races")
                .topics(QuickClients.PARTITION.topic())
                .kafka(QuickClients.PROPERTIES)
                .timing(new Timing(
                        Duration.ofMillis(1), Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMinutes(1)))
                .ordering(Ordering.key(2))
                .handler(new HandlerBinding<>(
                        "counting", handler, ByteArrayDeserializer::new, ByteArrayDeserializer::new))
                .environment(clients.environment())
                .build();
    }

    private static boolean ended(GroupConsumer consumer) {
        try {
            return consumer.awaitEnd(PATIENCE);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns whether the first was not refused. */
    private boolean race(Runnable one, Runnable other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        CompletableFuture<Void> beside = CompletableFuture.runAsync(
                () -> {
                    meet(start);
                    other.run();
                },
                threads);
        meet(start);
        boolean done = true;
        try {
            one.run();
        } catch (IllegalStateException | ConsumerFailedException e) {
            done = false;
        }
        beside.get();
        return done;
    }

    private static void meet(CyclicBarrier start) {
        try {
            start.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Handlers and clients are closed by threads that the end does not wait for in every case. */
    private void awaitNothingOpen() {
        Await.until(
                () -> clients.open() + " clients and " + openHandlers + " handlers are open",
                () -> clients.open() == 0 && openHandlers.get() == 0);
    }

    /** Counts itself from the moment it is opened until it is closed. */
    private final class Counting implements TopicHandler<byte[], byte[]> {
        private final boolean fails;

        Counting(boolean fails) {
            this.fails = fails;
        }

        @Override
        public void open() {
            if (fails) {
                throw new IllegalStateException("does not open");
            }
            openHandlers.incrementAndGet();
        }

        @Override
        public void handle(ConsumerRecord<byte[], byte[]> record, HandlerContext context) {}

        @Override
        public void close() {
            openHandlers.decrementAndGet();
        }
    }
}
