package io.bywash.core.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.GroupEvent.AttemptFailed;
import io.bywash.core.event.GroupEvent.HandlerStuck;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.Timing;
import io.bywash.handler.TopicHandler;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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
        TopicHandler<String, String> handler = (record, context) -> {
            boolean over = false;
            while (!over) {
                try {
                    end.await();
                    over = true;
                } catch (InterruptedException e) {
                    Thread.interrupted();
                }
            }
        };
        group.produce(0, "deaf");
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
    }
}
