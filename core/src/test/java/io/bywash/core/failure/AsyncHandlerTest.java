package io.bywash.core.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.GroupEvent.AttemptFailed;
import io.bywash.core.event.GroupEvent.HandlerStuck;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.Timing;
import io.bywash.handler.AsyncTopicHandler;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AsyncHandlerTest {

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private final Map<String, CompletableFuture<Void>> stages = new ConcurrentHashMap<>();
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final AsyncTopicHandler<String, String> handler = (record, context) -> {
        begun.add(record.value());
        return stages.computeIfAbsent(record.value(), fresh -> new CompletableFuture<>());
    };
    private TestGroup group;

    @BeforeEach
    void createGroup() {
        group = new TestGroup(KAFKA.cluster(), 1);
    }

    @AfterEach
    void closeGroup() {
        stages.values().forEach(stage -> stage.complete(null));
        group.close();
    }

    private void complete(String value) {
        stages.computeIfAbsent(value, fresh -> new CompletableFuture<>()).complete(null);
    }

    private void awaitBegun(String... values) {
        Eventually.holds(
                () -> List.of(values) + " have begun, of which " + begun + " have",
                () -> begun.containsAll(List.of(values)));
    }

    @Test
    void beginsNoRecordOfThePartitionBeforeTheStageOfTheOneBeforeIsComplete() {
        group.produceKeyed(3, 3);
        group.start(handler);
        awaitBegun("v0");
        complete("v0");
        awaitBegun("v1");
        assertFalse(begun.contains("v2"), "v2 began before v1 was complete");
        group.awaitCommitted(0, 1);
        complete("v1");
        complete("v2");
        group.awaitCommitted(0, 3);
    }

    @Test
    void beginsOtherKeysWhileAStageIsPending() {
        group.produceKeyed(6, 3);
        group.start(handler, group.builder().ordering(Ordering.key(8)));
        awaitBegun("v0", "v1", "v2");
        assertEquals(3, begun.size(), () -> "begun: " + begun);
        complete("v1");
        awaitBegun("v4");
        assertFalse(begun.contains("v3"), "v3 began before v0, which has the same key, was complete");
        IntStream.range(0, 6).forEach(i -> complete("v" + i));
        group.awaitCommitted(0, 6);
    }

    @Test
    void hasNoMoreStagesPendingThanTheConcurrency() {
        AtomicInteger pending = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AsyncTopicHandler<String, String> counting = (record, context) -> {
            most.accumulateAndGet(pending.incrementAndGet(), Math::max);
            return CompletableFuture.runAsync(pending::decrementAndGet);
        };
        group.produceKeyed(2_000, 500);
        group.start(counting, group.builder().ordering(Ordering.key(5)));
        group.awaitCommitted(0, 2_000);
        assertTrue(most.get() <= 5, () -> "up to " + most + " stages were pending at once");
    }

    @Test
    void triesAgainWhenAStageFails() {
        Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
        AsyncTopicHandler<String, String> failing = (record, context) -> {
            int attempt = attempts.computeIfAbsent(record.value(), fresh -> new AtomicInteger())
                    .incrementAndGet();
            assertEquals(attempt, context.attempt());
            return attempt < 3
                    ? CompletableFuture.failedFuture(new IllegalStateException("not yet"))
                    : CompletableFuture.completedFuture(null);
        };
        group.produceKeyed(4, 2);
        group.start(failing, group.builder().ordering(Ordering.key(8)));
        group.awaitCommitted(0, 4);
        attempts.forEach((value, count) -> assertEquals(3, count.get(), value));
    }

    @Test
    void takesNoStageForAFailure() {
        AsyncTopicHandler<String, String> careless = (record, context) -> null;
        group.produceKeyed(1, 1);
        Member member = group.start(careless);
        assertEquals(1, group.awaitDeadLetters(1).size());
        AttemptFailed failed = member.events().await(AttemptFailed.class);
        assertTrue(failed.toString().contains("returned no stage"), failed::toString);
    }

    @Test
    void takesWhatIsThrownForAFailureWhateverBecomesOfTheStage() {
        AsyncTopicHandler<String, String> confused = (record, context) -> {
            complete(record.value());
            throw new IllegalStateException("thrown all the same");
        };
        group.produceKeyed(1, 1);
        group.start(confused);
        assertEquals(1, group.awaitDeadLetters(1).size());
    }

    @Test
    void reportsAStageThatNeverCompletes() {
        group.produceKeyed(1, 1);
        Timing impatient =
                new Timing(Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofMinutes(1));
        Member member = group.start(handler, group.builder().timing(impatient));
        HandlerStuck stuck = member.events().await(HandlerStuck.class);
        assertEquals(0, stuck.record().offset());
    }

    @Test
    void cancelsAStageThatTakesTooLongAndTriesAgain() {
        List<CompletableFuture<Void>> pending = new CopyOnWriteArrayList<>();
        AsyncTopicHandler<String, String> slow = (record, context) -> {
            if (context.attempt() > 1) {
                return CompletableFuture.completedFuture(null);
            }
            CompletableFuture<Void> never = new CompletableFuture<>();
            pending.add(never);
            return never;
        };
        group.produceKeyed(1, 1);
        Member member =
                group.start(slow, group.builder().failures(TestGroup.QUICK.withAttemptTimeout(Duration.ofMillis(100))));
        group.awaitCommitted(0, 1);
        assertTrue(pending.get(0).isCancelled(), "the stage was not cancelled");
        AttemptFailed failed = member.events().await(AttemptFailed.class);
        assertTrue(failed.toString().contains("100 ms"), failed::toString);
    }

    /** A stage that lets nobody follow it, after it may have said that it is complete. */
    private static final class Unfollowed extends CompletableFuture<Void> {
        @Override
        public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> action) {
            if (isDone()) {
                action.accept(null, null);
            }
            throw new UnsupportedOperationException("nobody may follow");
        }
    }

    @Test
    void aStageThatCannotBeFollowedHasFailed() {
        AtomicInteger calls = new AtomicInteger();
        AsyncTopicHandler<String, String> strange = (record, context) -> {
            calls.incrementAndGet();
            Unfollowed stage = new Unfollowed();
            if (context.attempt() == 2) {
                stage.complete(null);
            }
            return stage;
        };
        group.produceKeyed(3, 3);
        Member member = group.start(strange, group.builder().ordering(Ordering.key(8)));
        group.awaitCommitted(0, 3);
        assertEquals(6, calls.get(), "each failed once, and what was complete before the throw counts");
        assertEquals(3, member.events().all(AttemptFailed.class).size());
    }

    @Test
    void isLateThoughItsHandlerMadeNothingOfTheInterrupt() {
        AsyncTopicHandler<String, String> deaf = (record, context) -> {
            if (context.attempt() == 1) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    return CompletableFuture.completedFuture(null);
                }
            }
            return CompletableFuture.completedFuture(null);
        };
        group.produceKeyed(1, 1);
        Member member =
                group.start(deaf, group.builder().failures(TestGroup.QUICK.withAttemptTimeout(Duration.ofMillis(100))));
        group.awaitCommitted(0, 1);
        AttemptFailed failed = member.events().await(AttemptFailed.class);
        assertTrue(failed.toString().contains("100 ms"), failed::toString);
    }

    @Test
    void stagesAreCancelledByNoThreadThatTheConsumerCannotSpare() {
        List<String> cancelledBy = new CopyOnWriteArrayList<>();
        AsyncTopicHandler<String, String> never = (record, context) -> {
            CompletableFuture<Void> stage = new CompletableFuture<>();
            stage.whenComplete(
                    (ignored, thrown) -> cancelledBy.add(Thread.currentThread().getName()));
            return context.attempt() == 1 ? stage : CompletableFuture.completedFuture(null);
        };
        group.produceKeyed(3, 3);
        group.start(
                never,
                group.builder()
                        .ordering(Ordering.key(8))
                        .failures(TestGroup.QUICK.withAttemptTimeout(Duration.ofMillis(100))));
        group.awaitCommitted(0, 3);
        assertEquals(3, cancelledBy.size());
        assertTrue(
                cancelledBy.stream().noneMatch(name -> name.endsWith("-poll")),
                () -> "code of the application ran on " + cancelledBy);
    }
}
