package io.bywash.core.pull;

import static io.bywash.core.pull.DrivenReader.partition;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.fixture.Await;
import io.bywash.core.session.PartitionSession;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** A commit on demand waits for the broker, and for nothing that waits for it. */
class CommitTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final DrivenReader reader = new DrivenReader();

    private FutureTask<Void> commitInThread() {
        Callable<Void> commit = () -> {
            reader.reading.commit(LONG);
            return null;
        };
        FutureTask<Void> running = new FutureTask<>(commit);
        new Thread(running).start();
        Await.until("the commit was asked for", reader::hasCommitRequest);
        return running;
    }

    private static Throwable failureOf(FutureTask<Void> commit) {
        return assertThrows(ExecutionException.class, () -> commit.get(60, TimeUnit.SECONDS))
                .getCause();
    }

    @Test
    void returnsWhenTheBrokerHasAnswered() throws Exception {
        FutureTask<Void> commit = commitInThread();
        reader.answerCommit(Optional.empty());
        assertNull(commit.get(60, TimeUnit.SECONDS));
    }

    @Test
    void throwsWhatTheBrokerAnswered() {
        FutureTask<Void> commit = commitInThread();
        CommitFailedException refused = new CommitFailedException();
        reader.answerCommit(Optional.of(refused));
        assertSame(refused, failureOf(commit));
    }

    @Test
    void givesUpInTimeAndSaysWhatBecomesOfTheMarks() {
        TimeoutException late = assertThrows(TimeoutException.class, () -> reader.reading.commit(Duration.ofMillis(1)));
        assertEquals(
                "the commit of reader driven was not answered within 0.001s; the marks stay, and the next commit"
                        + " covers them",
                late.getMessage());
    }

    @Test
    void doesNotWaitForAPollThreadThatWaitsForItsOwnStream() {
        PartitionSession session = reader.assign(partition(0), 0);
        PartitionStream<String, String> stream =
                reader.reading.partitions().poll(Duration.ZERO).orElseThrow();
        FutureTask<Void> before = commitInThread();
        session.stop();
        Throwable refused = assertInstanceOf(RebalanceInProgressException.class, failureOf(before));
        assertTrue(refused.getMessage().contains("close its stream"), refused::getMessage);
        assertThrows(RebalanceInProgressException.class, () -> reader.reading.commit(LONG));

        stream.close();
        reader.answerCommit(Optional.empty());
        reader.answerCommit(Optional.empty());
        assertThrows(TimeoutException.class, () -> reader.reading.commit(Duration.ZERO), "now it waits again");
    }

    @Test
    void endsWithTheReader() {
        FutureTask<Void> commit = commitInThread();
        reader.reading.end();
        assertInstanceOf(IllegalStateException.class, failureOf(commit));
        IllegalStateException over = assertThrows(IllegalStateException.class, () -> reader.reading.commit(LONG));
        assertEquals(
                "reader driven is over, so it commits nothing on demand; it committed what was marked when it left its"
                        + " group",
                over.getMessage());
    }

    @Test
    void anInterruptEndsTheWaitAndStays() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptException.class, () -> reader.reading.commit(LONG));
        assertTrue(Thread.interrupted());
    }
}
