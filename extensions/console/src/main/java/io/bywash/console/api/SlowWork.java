package io.bywash.console.api;

import io.bywash.console.http.Refusal;
import io.bywash.tools.ToolException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Does work of one kind that waits for Kafka, so that neither the threads of requests do, nor work of another kind waits for it. */
final class SlowWork implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int MOST_QUEUED = 16;
    private static final int IDLE_SECONDS = 60;

    private final ThreadPoolExecutor threads;

    SlowWork(String kind) {
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_QUEUED), work -> {
                    Thread thread = new Thread(work, "bywash-console-" + kind);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Begins work that somebody waits for; fails as a request is refused. */
    <T> CompletableFuture<T> begin(Supplier<T> work) {
        return CompletableFuture.supplyAsync(() -> translated(work), executor());
    }

    /** Runs work nobody waits for. */
    void run(Runnable work) {
        executor().execute(work);
    }

    private Executor executor() {
        return work -> {
            try {
                threads.execute(work);
            } catch (RejectedExecutionException e) {
                throw new Refusal(
                        Refusal.TOO_MANY,
                        "too much at once",
                        MOST_QUEUED + " other requests of this kind wait for Kafka already; try again in a while");
            }
        };
    }

    private static <T> T translated(Supplier<T> work) {
        try {
            return work.get();
        } catch (ToolException e) {
            throw refusal(e);
        }
    }

    static Refusal refusal(ToolException e) {
        return switch (e.kind()) {
            case NOT_FOUND -> new Refusal(Refusal.NOT_FOUND, "no such thing", String.valueOf(e.getMessage()));
            case REFUSED -> new Refusal(Refusal.CONFLICT, "cannot be done now", String.valueOf(e.getMessage()));
            case BROKER -> new Refusal(Refusal.BAD_GATEWAY, "Kafka does not answer", String.valueOf(e.getMessage()));
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
