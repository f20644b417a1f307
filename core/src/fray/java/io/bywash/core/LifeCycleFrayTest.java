package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.fixture.BriefLives;
import io.bywash.core.fixture.Ownerships;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pastalab.fray.core.command.SystemTimeDelegateType;
import org.pastalab.fray.junit.junit5.FrayTestExtension;
import org.pastalab.fray.junit.junit5.annotations.FrayTest;

/**
 * Two threads do beside each other what an application may do at any moment, in orders that Fray makes up. The clock is Fray's too: it goes on
 * a little with each look at it, and to the end of the next wait when all threads wait.
 */
@ExtendWith(FrayTestExtension.class)
public class LifeCycleFrayTest {
    private static final int SCHEDULES = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration FOR_EVER = Duration.ofHours(1);

    private final BriefLives lives = new BriefLives(() -> Ownerships.restAtTimes(Ownerships.TURN_NANOS));

    @FrayTest(
            iterations = SCHEDULES,
            systemTimeDelegateType = SystemTimeDelegateType.MOCK,
            virtualTimeDelta = 1_000,
            ignoreTimedBlock = false,
            resetClassLoaderPerIteration = false)
    public void aStopBesideAStartEndsTheConsumerAndLeavesNothingOpen() throws InterruptedException {
        GroupConsumer consumer = lives.consumer().build();
        beside(() -> start(consumer), () -> assertTrue(consumer.close(PATIENCE)));
        assertEquals(ConsumerState.CLOSED, consumer.state(), () -> "failed with " + consumer.failure());
        lives.awaitNothingOpen();
    }

    @FrayTest(
            iterations = SCHEDULES,
            systemTimeDelegateType = SystemTimeDelegateType.MOCK,
            virtualTimeDelta = 1_000,
            ignoreTimedBlock = false,
            resetClassLoaderPerIteration = false)
    public void aStartThatFailsBesideAStopLeavesNothingOpen() throws InterruptedException {
        GroupConsumer consumer = lives.consumerThatFails().build();
        beside(() -> start(consumer), () -> assertTrue(consumer.close(PATIENCE)));
        assertTrue(consumer.state().isFinal(), () -> "is " + consumer.state());
        lives.awaitNothingOpen();
    }

    @FrayTest(
            iterations = SCHEDULES,
            systemTimeDelegateType = SystemTimeDelegateType.MOCK,
            virtualTimeDelta = 1_000,
            ignoreTimedBlock = false,
            resetClassLoaderPerIteration = false)
    public void oneThatStopsAndOneThatWaitsBothSeeTheEnd() throws InterruptedException {
        GroupConsumer consumer = lives.consumer().build();
        consumer.start();
        AtomicBoolean seen = new AtomicBoolean();
        beside(() -> seen.set(ended(consumer)), () -> assertTrue(consumer.close(PATIENCE)));
        assertTrue(seen.get());
        assertEquals(ConsumerState.CLOSED, consumer.state());
        lives.awaitNothingOpen();
    }

    @FrayTest(
            iterations = SCHEDULES,
            systemTimeDelegateType = SystemTimeDelegateType.MOCK,
            virtualTimeDelta = 1_000,
            ignoreTimedBlock = false,
            resetClassLoaderPerIteration = false)
    public void aReaderThatIsClosedBesideAPollEndsTheStream() throws InterruptedException {
        GroupReader<byte[], byte[]> reader = lives.reader().start();
        long begin = System.nanoTime();
        // Whoever closes ends the wait.
        beside(() -> pollTwice(reader), () -> assertTrue(reader.close(PATIENCE)));
        assertTrue(System.nanoTime() - begin < PATIENCE.toNanos(), "the poll went on after the end");
        assertEquals(ConsumerState.CLOSED, reader.state());
        lives.awaitNothingOpen();
    }

    private static void pollTwice(GroupReader<byte[], byte[]> reader) {
        try {
            reader.records().poll(Duration.ZERO);
            reader.records().poll(FOR_EVER);
        } catch (IllegalStateException e) {
            // The close was first.
        }
    }

    private static void start(GroupConsumer consumer) {
        try {
            consumer.start();
        } catch (IllegalStateException | ConsumerFailedException e) {
            // The stop was first, or the handler did not open.
        }
    }

    private static boolean ended(GroupConsumer consumer) {
        try {
            return consumer.awaitEnd(PATIENCE);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void beside(Runnable one, Runnable other) throws InterruptedException {
        Thread thread = new Thread(one);
        thread.start();
        other.run();
        thread.join();
    }
}
