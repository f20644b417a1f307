package io.bywash.monitoring;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that read requests and write answers, and the end of their patience with clients that do neither. The server of the JDK
 * waits for a slow client on the thread of the request; an interrupt closes the connection. So a client holds a thread for
 * {@link #PATIENCE}, and, while others have to wait, for {@link #PATIENCE_WITH_OTHERS_WAITING}: a thousand that say half a word and stop
 * are through in some seconds.
 */
final class RequestThreads implements Executor, AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(5);
    static final Duration PATIENCE_WITH_OTHERS_WAITING = Duration.ofMillis(250);

    private static final int THREADS = 32;
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration REST = Duration.ofSeconds(10);

    private final Set<Turn> turns = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor pool;
    private final ScheduledExecutorService watch;

    /** A request that a thread is busy with. */
    private static final class Turn {
        private final Thread thread = Thread.currentThread();
        private final long begun = System.nanoTime();
        private boolean isOver;

        /** Interrupts the thread, but never what it does after this. */
        private synchronized void endIfOlderThan(Duration patience) {
            if (!isOver && System.nanoTime() - begun > patience.toNanos()) {
                thread.interrupt();
            }
        }

        private synchronized void over() {
            isOver = true;
            Thread.interrupted();
        }
    }

    RequestThreads() {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory named = work -> {
            Thread thread = new Thread(work, "bywash-monitoring-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        pool = new ThreadPoolExecutor(
                THREADS, THREADS, REST.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), named);
        pool.allowCoreThreadTimeOut(true);
        watch = Executors.newSingleThreadScheduledExecutor(named);
        watch.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void execute(Runnable request) {
        pool.execute(() -> {
            Turn turn = new Turn();
            turns.add(turn);
            try {
                request.run();
            } finally {
                turn.over();
                turns.remove(turn);
            }
        });
    }

    private void look() {
        Duration patience = pool.getQueue().isEmpty() ? PATIENCE : PATIENCE_WITH_OTHERS_WAITING;
        turns.forEach(turn -> turn.endIfOlderThan(patience));
    }

    @Override
    public void close() {
        watch.shutdownNow();
        pool.shutdownNow();
    }
}
