package io.bywash.core.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.fixture.Await;
import io.bywash.core.thread.Running;
import io.bywash.core.worker.InterruptibleCall.Cause;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An interrupt hits the call it was meant for, or none. */
class InterruptibleCallTest {
    private static final int HITS = 2_000;

    private final Object mine = new Object();
    private final Object other = new Object();

    @Test
    void neverHitsAnotherCall() throws InterruptedException {
        InterruptibleCall<Object> call = new InterruptibleCall<>(new ThreadRunning(Thread.currentThread()));
        AtomicBoolean over = new AtomicBoolean();
        Thread interrupter = new Thread(() -> {
            while (!over.get()) {
                call.interrupt(about -> about == mine, Cause.REVOKED);
            }
        });
        interrupter.start();
        AtomicInteger hits = new AtomicInteger();
        AtomicInteger astray = new AtomicInteger();
        Await.until(() -> "only " + hits + " calls were hit", () -> {
            for (int i = 0; i < 50_000 && hits.get() < HITS; i++) {
                call.begin(mine);
                for (int spin = 0; spin < 20 && !Thread.currentThread().isInterrupted(); spin++) {
                    Thread.onSpinWait();
                }
                hits.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                call.end(mine);
                call.begin(other);
                astray.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                call.end(other);
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
        InterruptibleCall<Object> call = new InterruptibleCall<>(new ThreadRunning(Thread.currentThread()));
        call.begin(mine);
        call.interrupt(about -> about == other, Cause.REVOKED);
        assertFalse(Thread.currentThread().isInterrupted());
        call.interrupt(about -> about == mine, Cause.REVOKED);
        assertTrue(Thread.interrupted());
        call.interrupt(about -> about == mine, Cause.REVOKED);
        assertFalse(Thread.interrupted(), "once is enough");
        assertEquals(Optional.of(mine), call.about());
        assertEquals(Cause.REVOKED, call.end(mine), "why");
        assertEquals(Optional.empty(), call.about());
        call.interrupt(about -> about == mine, Cause.REVOKED);
        assertFalse(Thread.interrupted(), "there is no call");
    }

    @Test
    void sparesTheNextCallAboutTheSameIfTheOneThatWasMeantEndsMeanwhile() {
        InterruptibleCall<Object> call = new InterruptibleCall<>(new ThreadRunning(Thread.currentThread()));
        AtomicInteger number = new AtomicInteger(1);
        call.begin(mine);
        call.interrupt(
                about -> {
                    boolean meant = number.get() == 1;
                    if (meant) {
                        call.end(mine);
                        number.incrementAndGet();
                        call.begin(mine);
                    }
                    return meant;
                },
                Cause.TIMED_OUT);
        assertFalse(Thread.interrupted());
        assertEquals(Cause.NONE, call.end(mine));
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
