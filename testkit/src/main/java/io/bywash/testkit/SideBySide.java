package io.bywash.testkit;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Does one piece of work for each of several items, each on a thread of its own. Any thread. */
final class SideBySide {

    /** An interrupted node needs this long at most to undo what it began. */
    private static final int UNDO_SECONDS = 15;

    private SideBySide() {}

    /**
     * Returns when all is done. The first failure interrupts the other work, which may be waiting for what no longer
     * comes, and is thrown when that has ended.
     */
    static <T> void forEach(Collection<T> items, Consumer<T> work, Deadline deadline) {
        if (items.isEmpty()) {
            return;
        }
        List<T> all = List.copyOf(items);
        ExecutorService threads = Executors.newFixedThreadPool(all.size(), SideBySide::daemon);
        CompletionService<Void> done = new ExecutorCompletionService<>(threads);
        try {
            all.forEach(item -> done.submit(() -> work.accept(item), null));
            for (int i = 0; i < all.size(); i++) {
                awaitNext(done, deadline);
            }
        } finally {
            threads.shutdownNow();
            awaitEnd(threads);
        }
    }

    /** What does not end in time does not keep the JVM alive either. */
    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "bywash-testkit");
        thread.setDaemon(true);
        return thread;
    }

    private static void awaitNext(CompletionService<Void> done, Deadline deadline) {
        try {
            Future<Void> next = done.poll(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new EmbeddedKafkaException("The cluster's nodes are not ready after " + deadline.seconds()
                        + ". Allow more time, or see the log for what they wait for.");
            }
            deadline.get(next, "A node");
        } catch (InterruptedException e) {
            throw Deadline.interrupted("Waiting for the cluster's nodes", e);
        }
    }

    private static void awaitEnd(ExecutorService threads) {
        try {
            threads.awaitTermination(UNDO_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
