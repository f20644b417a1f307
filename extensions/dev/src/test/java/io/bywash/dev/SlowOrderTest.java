package io.bywash.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowOrderTest {
    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final List<String> HELD_UP = List.of(
            "order-slow held up others: it was in a call for 301 ms, and no other record of orders-0 was handled"
                    + " meanwhile, although some waited");

    private final SlowOrder slow = new SlowOrder(FOR_EVER);
    private final SlowOrder impatient = new SlowOrder(Duration.ofMillis(1));

    @Test
    void countsWhatPassesItInItsPartitionWhileItIsInACall() throws Exception {
        call("order-handler", 0, "order-1", () -> {});
        call("order-handler", 0, SlowOrder.ID, () -> {
            call("order-handler", 0, "order-1", () -> {});
            call("order-handler", 0, "order-2", () -> {});
            call("order-handler", 1, "order-3", () -> {});
        });
        call("order-handler", 0, "order-1", () -> {});
        assertEquals(
                Optional.of("order-slow: 1 x 300 ms; meanwhile 2 other records of its partition were handled"),
                slow.summary());
    }

    @Test
    void leavesOtherConsumersAlone() throws Exception {
        call("hello", 0, SlowOrder.ID, () -> {});
        assertEquals(Optional.empty(), slow.summary());
    }

    @Test
    void itIsWrongIfNobodyPassesItWhoCould() throws Exception {
        impatient.judgeBy((partition, slowCalls) -> true);
        call(impatient, 0, SlowOrder.ID);
        assertEquals(HELD_UP, impatient.problems());
    }

    @Test
    void whoPassesInAnotherPartitionShowsNothing() throws Exception {
        impatient.judgeBy((partition, slowCalls) -> {
            beside(() -> call(impatient, 1, "order-1")).join();
            return true;
        });
        call(impatient, 0, SlowOrder.ID);
        assertEquals(HELD_UP, impatient.problems());
    }

    /** It may have been begun because the slow one was not there yet. */
    @Test
    void aCallThatBeganBeforeItShowsNothing() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Void> before = beside(() -> impatient.handle("order-handler", record(0, "order-1"), () -> {
            begun.countDown();
            end.await();
        }));
        begun.await();
        impatient.judgeBy((partition, slowCalls) -> {
            end.countDown();
            before.join();
            return true;
        });
        call(impatient, 0, SlowOrder.ID);
        assertEquals(HELD_UP, impatient.problems());
    }

    @Test
    void nothingIsDemandedIfNobodyCouldHavePassed() throws Exception {
        impatient.judgeBy((partition, slowCalls) -> {
            assertEquals(new TopicPartition("orders", 0), partition);
            assertEquals(1, slowCalls);
            return false;
        });
        call(impatient, 0, SlowOrder.ID);
        assertEquals(List.of(), impatient.problems());
    }

    @Test
    void nothingIsDemandedIfTheLastWhoCouldHaveEndsWithoutPassing() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        slow.judgeBy((partition, slowCalls) -> looks.incrementAndGet() < 3);
        call(slow, 0, SlowOrder.ID);
        assertEquals(List.of(), slow.problems());
    }

    @Test
    void nothingIsDemandedUnlessItIsJudged() throws Exception {
        call(impatient, 0, SlowOrder.ID);
        assertEquals(List.of(), impatient.problems());
    }

    @Test
    void whoNeedsTimeIsWaitedFor() throws Exception {
        CountDownLatch waitedFor = new CountDownLatch(2);
        slow.judgeBy((partition, slowCalls) -> {
            waitedFor.countDown();
            return true;
        });
        CompletableFuture<Void> late = beside(() -> {
            waitedFor.await();
            call(slow, 0, "order-1");
        });
        call(slow, 0, SlowOrder.ID);
        late.join();
        assertEquals(List.of(), slow.problems());
        assertTrue(slow.summary().orElseThrow().contains("1 other records"), slow.summary()::toString);
    }

    /** A run that is wrong need not last for longer than it takes to know that. */
    @Test
    void nobodyIsWaitedForOnceItIsKnownToBeWrong() throws Exception {
        impatient.judgeBy((partition, slowCalls) -> true);
        call(impatient, 0, SlowOrder.ID);
        impatient.judgeBy((partition, slowCalls) -> {
            throw new AssertionError("it is known");
        });
        call(impatient, 0, SlowOrder.ID);
        assertEquals(HELD_UP, impatient.problems());
    }

    private interface Task {
        void run() throws Exception;
    }

    private static CompletableFuture<Void> beside(Task task) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        task.run();
                        end.complete(null);
                    } catch (Exception | Error e) {
                        end.completeExceptionally(e);
                    }
                })
                .start();
        return end;
    }

    private static void call(SlowOrder order, int partition, String key) throws Exception {
        order.handle("order-handler", record(partition, key), () -> {});
    }

    private static ConsumerRecord<String, String> record(int partition, String key) {
        return new ConsumerRecord<>("orders", partition, 0, key, "value");
    }

    private void call(String consumer, int partition, String key, Around.Call call) throws Exception {
        slow.handle(consumer, record(partition, key), call);
    }
}
