package io.bywash.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.fixture.Await;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.thread.Running;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** An interrupt hits the call it was meant for, or none. */
class InterruptibleCallTest {
    private static final int HITS = 2_000;

    @AutoClose
    private final LaneBench bench = LaneBench.byKey(1, FailurePolicy.DEFAULT, (record, context) -> {});

    private final PartitionSession mine = bench.assign(0);
    private final PartitionSession other = bench.assign(1);

    @Test
    void neverHitsACallOfAnotherSession() throws InterruptedException {
        InterruptibleCall call = new InterruptibleCall(new ThreadRunning(Thread.currentThread()));
        Item meant = item(mine);
        Item next = item(other);
        AtomicBoolean over = new AtomicBoolean();
        Thread interrupter = new Thread(() -> {
            while (!over.get()) {
                call.interrupt(mine);
            }
        });
        interrupter.start();
        AtomicInteger hits = new AtomicInteger();
        AtomicInteger astray = new AtomicInteger();
        Await.until(() -> "only " + hits + " calls were hit", () -> {
            for (int i = 0; i < 50_000 && hits.get() < HITS; i++) {
                call.begin(meant);
                for (int spin = 0; spin < 20 && !Thread.currentThread().isInterrupted(); spin++) {
                    Thread.onSpinWait();
                }
                hits.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                call.end(meant);
                call.begin(next);
                astray.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                call.end(next);
                astray.addAndGet(Thread.interrupted() ? 1 : 0);
            }
            return hits.get() >= HITS || astray.get() > 0;
        });
        over.set(true);
        interrupter.join();
        assertEquals(0, astray.get(), "calls that were hit by what was meant for the one before");
    }

    @Test
    void hitsTheCallOnce() {
        InterruptibleCall call = new InterruptibleCall(new ThreadRunning(Thread.currentThread()));
        Item item = item(mine);
        call.begin(item);
        call.interrupt(other);
        assertFalse(Thread.currentThread().isInterrupted());
        call.interrupt(mine);
        assertTrue(Thread.interrupted());
        call.interrupt(mine);
        assertFalse(Thread.interrupted(), "once is enough");
        assertEquals(Optional.of(item), call.item());
        call.end(item);
        assertEquals(Optional.empty(), call.item());
        call.interrupt(mine);
        assertFalse(Thread.interrupted(), "there is no call");
    }

    private static Item item(PartitionSession session) {
        return new Item((LaneWorker) session.taker(), Records.record(0, null), 1);
    }

    private record ThreadRunning(Thread thread) implements Running {
        @Override
        public void start() {}

        @Override
        public void signal() {}

        @Override
        public void interrupt() {
            thread.interrupt();
        }

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public String name() {
            return thread.getName();
        }

        @Override
        public List<StackTraceElement> stack() {
            return List.of();
        }
    }
}
