package io.bywash.core.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.GroupConsumer;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.QuickClients;
import io.bywash.core.settings.Ordering;
import io.bywash.handler.TopicHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps run when they should, on the threads this JDK is best served with. */
class ThreadsTest {
    private final ThreadRunner runner = new ThreadRunner(WorkerThreads.chosen());

    @Test
    void choosesPlatformThreadsWhereVirtualOnesArePinned() {
        assertFalse(isVirtual(WorkerThreads.choose(17, null)));
        assertFalse(isVirtual(WorkerThreads.choose(23, null)));
        assertFalse(isVirtual(WorkerThreads.choose(25, "false")));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void choosesVirtualThreadsWhereTheyAreNotPinnedOrAskedFor() {
        assertTrue(isVirtual(WorkerThreads.choose(24, null)));
        assertTrue(isVirtual(WorkerThreads.choose(21, "true")));
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void doesWithoutVirtualThreadsWhereThereAreNone() {
        assertFalse(isVirtual(WorkerThreads.choose(17, "true")));
    }

    private static boolean isVirtual(Threads threads) {
        return isVirtual(threads.newThread(() -> {}));
    }

    /** A platform thread is a plain {@link Thread}; a virtual one is of a class of the JDK's own. */
    private static boolean isVirtual(Thread thread) {
        return thread.getClass() != Thread.class;
    }

    static List<Ordering> orderings() {
        return List.of(Ordering.PARTITION, Ordering.key(2), Ordering.none(2));
    }

    /** Whatever was chosen, it is what a handler finds itself on. */
    @ParameterizedTest
    @MethodSource("orderings")
    @DisabledIfSystemProperty(named = "bywash.virtual-threads", matches = ".*", disabledReason = "there is a wish")
    void callsHandlersOnVirtualThreadsFromJdk24OnAndOnPlatformThreadsBelow(Ordering ordering) {
        AtomicReference<Thread> calledOn = new AtomicReference<>();
        TopicHandler<byte[], byte[]> handler = (record, context) -> calledOn.set(Thread.currentThread());
        QuickClients clients = new QuickClients(ThreadsTest::giveOneRecord);
        try (GroupConsumer consumer = GroupConsumer.builder()
                .group("threads")
                .topics(QuickClients.PARTITION.topic())
                .kafka(QuickClients.PROPERTIES)
                .ordering(ordering)
                .handler(new HandlerBinding<>(
                        "telling", handler, ByteArrayDeserializer::new, ByteArrayDeserializer::new))
                .environment(clients.environment())
                .start()) {
            Await.until("a handler is called", () -> calledOn.get() != null);
            assertTrue(consumer.close(Duration.ofSeconds(30)));
        }
        Thread thread = calledOn.get();
        assertEquals(Runtime.version().feature() >= 24, isVirtual(thread), () -> thread + " of " + thread.getClass());
        assertTrue(thread.isDaemon(), "only the poll thread keeps a JVM alive");
    }

    private static void giveOneRecord(MockConsumer<byte[], byte[]> client) {
        if (client.assignment().isEmpty()) {
            client.rebalance(Set.of(QuickClients.PARTITION));
            client.addRecord(new ConsumerRecord<>(QuickClients.PARTITION.topic(), 0, 0, new byte[1], new byte[1]));
        }
    }

    @Test
    void runsAgainAfterASignalAndOnlyThen() {
        AtomicInteger steps = new AtomicInteger();
        Running running = runner.prepare("idle", () -> steps.incrementAndGet() < 3 ? Next.IDLE : Next.DONE);
        assertTrue(running.isAlive());
        running.start();
        Await.until("the first step", () -> steps.get() == 1);
        running.signal();
        Await.until("the second step", () -> steps.get() == 2);
        running.signal();
        Await.until("the end", () -> !running.isAlive());
        assertEquals(3, steps.get());
    }

    /** Virtual threads share a few platform threads and are never made to give way. */
    @Test
    void noneStarvesWhereOthersAlwaysHaveSomethingToDo() {
        int more = Runtime.getRuntime().availableProcessors() * 4;
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger came = new AtomicInteger();
        List<Running> all = new ArrayList<>();
        for (int i = 0; i < more; i++) {
            AtomicBoolean first = new AtomicBoolean(true);
            all.add(runner.prepare("busy-" + i, () -> {
                if (first.getAndSet(false)) {
                    came.incrementAndGet();
                }
                return over.get() ? Next.DONE : Next.AFTER_OTHERS;
            }));
        }
        try {
            all.forEach(Running::start);
            Await.until("all had a turn", () -> came.get() == more);
        } finally {
            over.set(true);
        }
        Await.until("the end", () -> all.stream().noneMatch(Running::isAlive));
    }

    @Test
    void losesNoSignalThatComesDuringAStep() {
        AtomicInteger steps = new AtomicInteger();
        CountDownLatch inStep = new CountDownLatch(1);
        CountDownLatch signalled = new CountDownLatch(1);
        Running running = runner.prepare("signalled", () -> {
            if (steps.incrementAndGet() == 1) {
                inStep.countDown();
                await(signalled);
                return Next.IDLE;
            }
            return Next.DONE;
        });
        running.start();
        await(inStep);
        running.signal();
        signalled.countDown();
        Await.until("the end", () -> !running.isAlive());
    }

    @Test
    void keepsAnInterruptFromTheNextStep() {
        AtomicInteger steps = new AtomicInteger();
        AtomicBoolean interruptedLater = new AtomicBoolean();
        CountDownLatch inStep = new CountDownLatch(1);
        AtomicBoolean go = new AtomicBoolean();
        Running running = runner.prepare("interrupted", () -> {
            if (steps.incrementAndGet() == 1) {
                inStep.countDown();
                while (!go.get()) {
                    Thread.onSpinWait();
                }
                return Next.NOW;
            }
            interruptedLater.set(Thread.currentThread().isInterrupted());
            return Next.DONE;
        });
        running.start();
        await(inStep);
        running.interrupt();
        go.set(true);
        Await.until("the end", () -> !running.isAlive());
        assertFalse(interruptedLater.get());
    }

    @Test
    void isOverWhenAStepThrows() {
        Running running = runner.prepare("throwing", () -> {
            throw new IllegalStateException("on purpose");
        });
        running.start();
        Await.until("the end", () -> !running.isAlive());
    }

    @Test
    void namesBothThreadsWhenOneTouchesWhatBelongsToTheOther() throws InterruptedException {
        ThreadOwner owner = new ThreadOwner("the assignment", runner);
        owner.check();
        AtomicReference<Throwable> refusal = new AtomicReference<>();
        Thread other = new Thread(
                () -> refusal.set(assertThrows(IllegalStateException.class, owner::check)), "the other thread");
        other.start();
        other.join();
        String message = refusal.get().getMessage();
        assertTrue(message.contains("the assignment"), message);
        assertTrue(message.contains("the other thread"), message);
        assertTrue(message.contains(Thread.currentThread().getName()), message);
    }

    @Test
    void waitsUntilAConditionHoldsOrTheTimeIsUpAndKeepsAnInterrupt() {
        long soon = System.nanoTime() + 5_000_000;
        assertFalse(ParkingWaiting.SYSTEM.until(() -> false, soon));
        assertTrue(System.nanoTime() - soon >= 0);
        assertTrue(ParkingWaiting.SYSTEM.until(() -> System.nanoTime() - soon > 0, Long.MAX_VALUE / 2 + soon));

        Thread.currentThread().interrupt();
        assertFalse(ParkingWaiting.SYSTEM.until(() -> false, System.nanoTime() + 2_000_000));
        assertTrue(Thread.interrupted(), "the interrupt was for the caller");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
