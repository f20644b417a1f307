package io.bywash.core.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pastalab.fray.core.command.SystemTimeDelegateType;
import org.pastalab.fray.junit.junit5.FrayTestExtension;
import org.pastalab.fray.junit.junit5.annotations.FrayTest;

/** No wake-up is lost, whatever the thread that it is meant for is at: Fray sees a thread that nobody will ever wake. */
@ExtendWith(FrayTestExtension.class)
public class WakeUpFrayTest {
    private static final int SCHEDULES = 1_000;
    private static final long FOR_EVER_NANOS = TimeUnit.HOURS.toNanos(1);

    @FrayTest(iterations = SCHEDULES, resetClassLoaderPerIteration = false)
    public void aStepThatIsSignalledSeesWhatCameBeforeTheSignal() throws InterruptedException {
        AtomicInteger work = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        Thread[] thread = new Thread[1];
        Running running = new ThreadRunner(task -> thread[0] = new Thread(task)).prepare("step", () -> {
            done.addAndGet(work.getAndSet(0));
            // As a handler may: it takes the permit of a signal that comes meanwhile with it.
            LockSupport.parkNanos(1);
            return done.get() == 3 ? Next.DONE : Next.IDLE;
        });
        running.start();
        Thread other = new Thread(() -> {
            work.incrementAndGet();
            running.signal();
        });
        other.start();
        work.incrementAndGet();
        running.signal();
        work.incrementAndGet();
        running.signal();
        other.join();
        thread[0].join();
        assertEquals(3, done.get());
    }

    /** A wait that ends by itself is no deadlock, so the clock has to tell, which nothing but such an end puts that far on. */
    @FrayTest(
            iterations = SCHEDULES,
            systemTimeDelegateType = SystemTimeDelegateType.MOCK,
            virtualTimeDelta = 1_000,
            ignoreTimedBlock = false,
            resetClassLoaderPerIteration = false)
    public void whoeverClearsBeforeTheLookMissesNoRing() throws InterruptedException {
        Bell bell = new Bell();
        AtomicInteger work = new AtomicInteger();
        Thread ringer = new Thread(() -> {
            work.incrementAndGet();
            bell.ring();
        });
        long begin = System.nanoTime();
        ringer.start();
        bell.clear();
        while (work.get() == 0) {
            bell.await(FOR_EVER_NANOS);
            bell.clear();
        }
        ringer.join();
        assertTrue(System.nanoTime() - begin < FOR_EVER_NANOS, "a ring was missed");
    }
}
