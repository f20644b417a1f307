package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.fixture.BriefLives;
import io.bywash.core.settings.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two threads do at the same moment what an application may do at any, over and over, on real threads and without a broker. */
@Timeout(120)
class RacesTest {
    private static final int ROUNDS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** More than a thread needs to come to its first line, so that each of two is first at times, whatever the scheduler does. */
    private static final Duration HEAD_START = Duration.ofMillis(2);

    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final Timing OFTEN =
            new Timing(Duration.ofMillis(1), Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMinutes(1));

    /** The common pool may have a single thread, which the one that waits would take. */
    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final BriefLives lives = new BriefLives(() -> {});

    @Test
    void aStopBesideAStartEndsTheConsumerAndLeavesNothingOpen() throws Exception {
        List<ConsumerState> ends = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            GroupConsumer consumer = consumer();
            long startLater = HEAD_START.toNanos() * (2 * round - ROUNDS) / ROUNDS;
            boolean started = race(
                    () -> {
                        spin(startLater);
                        consumer.start();
                    },
                    () -> {
                        spin(-startLater);
                        assertTrue(consumer.close(PATIENCE));
                    });
            assertEquals(ConsumerState.CLOSED, consumer.state(), () -> "failed with " + consumer.failure());
            ends.add(started ? ConsumerState.STARTING : ConsumerState.CREATED);
            lives.awaitNothingOpen();
        }
        assertEquals(
                Set.of(ConsumerState.CREATED, ConsumerState.STARTING), Set.copyOf(ends), "each was first at times");
    }

    @Test
    void aStartThatFailsBesideAStopLeavesNothingOpen() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            GroupConsumer consumer = lives.consumerThatFails().timing(OFTEN).build();
            race(consumer::start, () -> assertTrue(consumer.close(PATIENCE)));
            assertTrue(consumer.state().isFinal(), () -> "is " + consumer.state());
            lives.awaitNothingOpen();
        }
    }

    @Test
    void twoThatStopAndOneThatWaitsAllSeeTheEnd() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            GroupConsumer consumer = consumer();
            consumer.start();
            CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> ended(consumer), threads);
            race(() -> consumer.stop(PATIENCE), () -> assertTrue(consumer.close(PATIENCE)));
            assertTrue(waiting.get());
            assertEquals(ConsumerState.CLOSED, consumer.state());
            lives.awaitNothingOpen();
        }
    }

    @Test
    void aReaderThatIsClosedBesideAPollEndsTheStream() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            GroupReader<byte[], byte[]> reader = lives.reader().start();
            race(
                    () -> {
                        // Whoever closes ends the wait, or it would last for longer than the test may.
                        for (int poll = 0; poll < 3; poll++) {
                            reader.records().poll(poll == 2 ? FOR_EVER : Duration.ZERO);
                        }
                    },
                    () -> assertTrue(reader.close(PATIENCE)));
            assertEquals(ConsumerState.CLOSED, reader.state());
            lives.awaitNothingOpen();
        }
    }

    private GroupConsumer consumer() {
        return lives.consumer().timing(OFTEN).build();
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

    private static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    private static void meet(CyclicBarrier start) {
        try {
            start.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
