package io.bywash.core.pull;

import io.bywash.core.settings.Span;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/** The threads of an application that wait for a commit. */
final class Commits {
    private final String name;
    private final PollRequests poll;
    private final Set<CompletableFuture<Void>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    Commits(String name, PollRequests poll) {
        this.name = name;
        this.poll = poll;
    }

    /**
     * Commits and waits for the answer. Called by the application.
     *
     * @param blocked tells whether the poll thread waits for the application, and so will not commit before it is obliged
     */
    @SuppressWarnings("UndefinedEquals") // which future it is, not what it holds, decides
    void commit(Duration timeout, BooleanSupplier blocked) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        waiting.add(answer);
        try {
            poll.commit(failure -> failure.ifPresentOrElse(answer::completeExceptionally, () -> answer.complete(null)));
            // Looked at after the answer is on the list, so that whoever comes first, the other sees it.
            if (over) {
                end();
            } else if (blocked.getAsBoolean()) {
                interrupt();
            }
            await(answer, timeout);
        } finally {
            waiting.remove(answer);
        }
    }

    private void await(CompletableFuture<Void> answer, Duration timeout) {
        try {
            answer.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                    "the commit of reader " + name + " was not answered within " + Span.text(timeout)
                            + "; the marks stay, and the next commit covers them",
                    e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Sends those who wait away, since the poll thread waits for the application to close a stream. */
    void interrupt() {
        fail(new RebalanceInProgressException("a partition of reader " + name
                + " is being taken away; close its stream, and what is marked is committed before the partition goes"));
    }

    /** Sends those who wait away for good. */
    void end() {
        over = true;
        fail(new IllegalStateException("reader " + name
                + " is over, so it commits nothing on demand; it committed what was marked when it left its group"));
    }

    private void fail(RuntimeException why) {
        waiting.forEach(answer -> answer.completeExceptionally(why));
    }
}
