package io.bywash.simulation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Two threads that take steps together: neither begins one before the other has ended the one before. Whoever is there first turns on the spot
 * instead of sleeping, so that both begin as nearly at once as can be.
 */
final class Lockstep {
    /** Turns after which the other may need the processor. */
    private static final int PATIENT = 1_000;

    private final AtomicInteger arrivals = new AtomicInteger();
    private volatile boolean over;

    /** Tells whether the steps still matter to anybody. */
    boolean goesOn() {
        return !over;
    }

    /**
     * Takes all steps; called once.
     *
     * @param one what one of the threads does, told the number of the step, from 0
     * @param other what the other does
     * @param steps how many there are
     * @param patience how long neither may come to the next step
     * @return false if they are still in a step, interrupted
     */
    boolean run(IntConsumer one, IntConsumer other, int steps, Duration patience) {
        Thread first = thread(one, steps);
        Thread second = thread(other, steps);
        int before = -1;
        try {
            while (first.isAlive() || second.isAlive()) {
                int now = arrivals.get();
                if (now == before) {
                    over = true;
                    first.interrupt();
                    second.interrupt();
                    return false;
                }
                before = now;
                first.join(patience.toMillis());
                second.join(patience.toMillis());
            }
            return true;
        } catch (InterruptedException e) {
            over = true;
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calls overlap", e);
        }
    }

    private Thread thread(IntConsumer work, int steps) {
        Thread thread = new Thread(
                () -> {
                    for (int step = 0; step < steps && isReady(step); step++) {
                        work.accept(step);
                    }
                },
                "overlapping calls");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @SuppressWarnings(
            "ThreadPriorityCheck") // on one processor the other thread comes no other way; nothing else rests on it
    private boolean isReady(int step) {
        arrivals.incrementAndGet();
        for (int turns = 1; arrivals.get() < 2 * (step + 1) && !over; turns++) {
            if (turns % PATIENT == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
        return !over;
    }
}
