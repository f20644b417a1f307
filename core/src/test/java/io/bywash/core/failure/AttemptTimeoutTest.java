package io.bywash.core.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.GroupEvent.AttemptFailed;
import io.bywash.core.event.GroupEvent.HandlerStuck;
import io.bywash.core.settings.Batching;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.Timing;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.TopicHandler;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttemptTimeoutTest {

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private final CountDownLatch end = new CountDownLatch(1);
    private TestGroup group;

    static List<Ordering> orderings() {
        return List.of(Ordering.PARTITION, Ordering.key(4), Ordering.none(4));
    }

    @BeforeEach
    void createGroup() {
        group = new TestGroup(KAFKA.cluster(), 1);
    }

    @AfterEach
    void closeGroup() {
        end.countDown();
        group.close();
    }

    @ParameterizedTest
    @MethodSource("orderings")
    void interruptsACallThatTakesTooLongAndTriesAgain(Ordering ordering) {
        List<String> handled = new CopyOnWriteArrayList<>();
        TopicHandler<String, String> handler = (record, context) -> {
            if (record.value().equals("slow") && context.attempt() == 1) {
                end.await();
            }
            handled.add(record.value());
        };
        group.produce(0, "before", "slow", "after");
        Member member = group.start(
                handler,
                group.builder()
                        .ordering(ordering)
                        .failures(TestGroup.QUICK.withAttemptTimeout(Duration.ofMillis(200))));
        group.awaitCommitted(0, 3);
        assertEquals(
                List.of("after", "before", "slow"), handled.stream().sorted().toList());
        AttemptFailed failed = member.events().await(AttemptFailed.class);
        assertEquals(1, failed.record().offset());
        assertTrue(failed.toString().contains("200 ms"), failed::toString);
    }

    @ParameterizedTest
    @MethodSource("orderings")
    void takesALateReturnForAFailure(Ordering ordering) {
        TopicHandler<String, String> handler = (record, context) -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                // A handler that takes an interrupt for the end of its work.
            }
        };
        group.produce(0, "slow");
        group.start(
                handler,
                group.builder()
                        .ordering(ordering)
                        .failures(TestGroup.QUICK.withAttemptTimeout(Duration.ofMillis(100))));
        assertEquals(1, group.awaitDeadLetters(1).size());
        group.awaitCommitted(0, 1);
    }

    @ParameterizedTest
    @MethodSource("orderings")
    void reportsACallThatIgnoresTheInterrupt(Ordering ordering) {
        List<Long> begun = new CopyOnWriteArrayList<>();
        TopicHandler<String, String> handler = (record, context) -> {
            begun.add(record.offset());
            while (record.offset() == 0 && end.getCount() > 0) {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.interrupted();
                }
            }
        };
        // The second has the key of the first.
        group.produce(0, "deaf", "deaf", "another");
        Timing impatient =
                new Timing(Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofMillis(300), Duration.ofMinutes(1));
        Member member = group.start(
                handler,
                group.builder()
                        .ordering(ordering)
                        .timing(impatient)
                        .failures(TestGroup.QUICK.withAttemptTimeout(Duration.ofMillis(100))));
        HandlerStuck stuck = member.events().await(HandlerStuck.class);
        assertEquals(0, stuck.record().offset());
        assertTrue(
                stuck.stack().stream().anyMatch(frame -> frame.getMethodName().equals("await")),
                () -> "the stack does not show where the call is: " + stuck.stack());
        List<Long> others = besideACallOfTheFirst(ordering);
        Eventually.holds(() -> others + " have begun of " + begun, () -> begun.containsAll(others));
        assertEquals(1 + others.size(), begun.size(), () -> "began although the call is not over: " + begun);
        end.countDown();
        group.awaitCommitted(0, 3);
    }

    /** What need not wait for the first of two records of one key and one of another. */
    private static List<Long> besideACallOfTheFirst(Ordering ordering) {
        if (ordering instanceof Ordering.Partition) {
            return List.of();
        }
        return ordering instanceof Ordering.Key ? List.of(2L) : List.of(1L, 2L);
    }

    @ParameterizedTest
    @MethodSource("orderings")
    void blamesTheOneRecordOfABatchThatTakesTooLong(Ordering ordering) {
        List<List<String>> calls = new CopyOnWriteArrayList<>();
        AtomicInteger slow = new AtomicInteger(2);
        BatchTopicHandler<String, String> handler = (records, context) -> {
            calls.add(records.stream().map(ConsumerRecord::value).toList());
            for (ConsumerRecord<String, String> record : records) {
                if (record.value().equals("v1") && slow.getAndDecrement() > 0) {
                    end.await();
                }
            }
        };
        group.produceKeyed(3, 1);
        Member member = group.start(
                handler,
                group.builder()
                        .ordering(ordering)
                        .batching(new Batching(3, 1 << 20, Duration.ofHours(1)))
                        .failures(TestGroup.QUICK.withAttemptTimeout(Duration.ofMillis(200))));
        group.awaitCommitted(0, 3);
        assertEquals(List.of("v0", "v1", "v2"), calls.get(0));
        assertEquals(
                List.of(List.of("v0"), List.of("v1"), List.of("v1"), List.of("v2")),
                calls.stream()
                        .skip(1)
                        .sorted(Comparator.comparing(List::toString))
                        .toList(),
                "one at a time, and again only the one that took too long by itself");
        AttemptFailed failed = member.events().await(AttemptFailed.class);
        assertEquals(1, failed.record().offset());
        assertEquals(1, failed.attempt(), "that the batch took too long is nobody's attempt");
        assertTrue(failed.toString().contains("200 ms"), failed::toString);
        assertEquals(1, member.events().all(AttemptFailed.class).size());
    }
}
