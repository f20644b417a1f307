package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.Ownerships;
import io.bywash.core.fixture.QuickClients;
import io.bywash.core.settings.Ordering;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
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

    private final AtomicInteger openHandlers = new AtomicInteger();

    /** Has the partition from the first poll on. */
    private final QuickClients clients = new QuickClients(client -> {
        Ownerships.restAtTimes(Ownerships.TURN_NANOS);
        if (client.assignment().isEmpty()) {
            client.rebalance(Set.of(QuickClients.PARTITION));
        }
    });

    @FrayTest(
            iterations = SCHEDULES,
            systemTimeDelegateType = SystemTimeDelegateType.MOCK,
            virtualTimeDelta = 1_000,
            ignoreTimedBlock = false,
            resetClassLoaderPerIteration = false)
    public void aStopBesideAStartEndsTheConsumerAndLeavesNothingOpen() throws InterruptedException {
        GroupConsumer consumer = consumer(new Counting(false));
        beside(() -> start(consumer), () -> assertTrue(consumer.close(PATIENCE)));
        assertEquals(ConsumerState.CLOSED, consumer.state(), () -> "failed with " + consumer.failure());
        awaitNothingOpen();
    }

    @FrayTest(
            iterations = SCHEDULES,
            systemTimeDelegateType = SystemTimeDelegateType.MOCK,
            virtualTimeDelta = 1_000,
            ignoreTimedBlock = false,
            resetClassLoaderPerIteration = false)
    public void aStartThatFailsBesideAStopLeavesNothingOpen() throws InterruptedException {
        GroupConsumer consumer = consumer(new Counting(true));
        beside(() -> start(consumer), () -> assertTrue(consumer.close(PATIENCE)));
        assertTrue(consumer.state().isFinal(), () -> "is " + consumer.state());
        awaitNothingOpen();
    }

    @FrayTest(
            iterations = SCHEDULES,
            systemTimeDelegateType = SystemTimeDelegateType.MOCK,
            virtualTimeDelta = 1_000,
            ignoreTimedBlock = false,
            resetClassLoaderPerIteration = false)
    public void oneThatStopsAndOneThatWaitsBothSeeTheEnd() throws InterruptedException {
        GroupConsumer consumer = consumer(new Counting(false));
        consumer.start();
        AtomicBoolean seen = new AtomicBoolean();
        beside(() -> seen.set(ended(consumer)), () -> assertTrue(consumer.close(PATIENCE)));
        assertTrue(seen.get());
        assertEquals(ConsumerState.CLOSED, consumer.state());
        awaitNothingOpen();
    }

    @FrayTest(
            iterations = SCHEDULES,
            systemTimeDelegateType = SystemTimeDelegateType.MOCK,
            virtualTimeDelta = 1_000,
            ignoreTimedBlock = false,
            resetClassLoaderPerIteration = false)
    public void aReaderThatIsClosedBesideAPollEndsTheStream() throws InterruptedException {
        GroupReader<byte[], byte[]> reader = GroupReader.builder(ByteArrayDeserializer::new, ByteArrayDeserializer::new)
                .group("races")
                .topics(QuickClients.PARTITION.topic())
                .kafka(QuickClients.PROPERTIES)
                .environment(clients.environment())
                .start();
        long begin = System.nanoTime();
        // Whoever closes ends the wait.
        beside(() -> pollTwice(reader), () -> assertTrue(reader.close(PATIENCE)));
        assertTrue(System.nanoTime() - begin < PATIENCE.toNanos(), "the poll went on after the end");
        assertEquals(ConsumerState.CLOSED, reader.state());
        awaitNothingOpen();
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

    private GroupConsumer consumer(TopicHandler<byte[], byte[]> handler) {
        return GroupConsumer.builder()
                .group("races")
                .topics(QuickClients.PARTITION.topic())
                .kafka(QuickClients.PROPERTIES)
                .ordering(Ordering.key(2))
                .handler(new HandlerBinding<>(
                        "counting", handler, ByteArrayDeserializer::new, ByteArrayDeserializer::new))
                .environment(clients.environment())
                .build();
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
