package io.bywash.tools.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.GroupConsumer;
import io.bywash.core.event.RecordPosition;
import io.bywash.handler.NonRetriableException;
import io.bywash.handler.TopicHandler;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import io.bywash.tools.fixture.LetterBox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole way of a record: it fails, is sent back, fails again, is sent back again, and is handled. Others that read it see it once. */
class RedriveJourneyTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private final Queue<String> others = new ConcurrentLinkedQueue<>();
    private volatile boolean mended;

    @Test
    void onlyTheGroupThatFailedSeesItAgain() {
        LetterBox box = new LetterBox(KAFKA.cluster(), 2);
        TopicHandler<String, String> failing = (record, context) -> {
            if (!mended && record.value().equals("bad")) {
                throw new NonRetriableException("no such customer");
            }
            handled.add(record.value());
        };
        TopicHandler<String, String> noting = (record, context) -> others.add(record.value());
        try (GroupConsumer failingGroup = box.consumer()
                        .handler(failing, StringDeserializer::new, StringDeserializer::new)
                        .start();
                GroupConsumer otherGroup = box.consumer()
                        .group(box.group() + "-other")
                        .handler(noting, StringDeserializer::new, StringDeserializer::new)
                        .start()) {
            RecordMetadata bad = KAFKA.cluster().produce(box.source(), "k", "bad");
            Letter first = awaitLetter(box, 0);
            RecordPosition original =
                    new RecordPosition(new TopicPartition(bad.topic(), bad.partition()), bad.offset());
            assertEquals(Optional.of(original), first.source());
            assertEquals(1, redrive(box).redriven());

            Letter second = awaitLetter(box, 1);
            assertEquals(Optional.of(original), second.source(), "it still says where the original stands");
            assertEquals(bad.timestamp(), second.record().timestamp());

            mended = true;
            assertEquals(1, redrive(box).redriven());
            await("it is handled in the end", () -> handled.contains("bad"));
            KAFKA.cluster().produce(box.source(), "k", "last");
            await("both go on", () -> handled.contains("last") && others.contains("last"));
            assertEquals(List.of("bad", "last"), List.copyOf(handled));
            assertEquals(List.of("bad", "last"), List.copyOf(others), "the other group has seen nothing twice");
            assertTrue(failingGroup.close(Duration.ofSeconds(20)));
            assertTrue(otherGroup.close(Duration.ofSeconds(20)));
        }
        assertEquals(Map.of(), redrive(box).targets());
    }

    private static RedriveReport redrive(LetterBox box) {
        return new Redriver(box.settings()).redrive(box.all(), RedriveListener.NONE, () -> false);
    }

    /** Waits for the one letter that is pending, which has come back so often. */
    private static Letter awaitLetter(LetterBox box, int redrives) {
        Letters letters = new Letters(box.settings());
        await(
                "there is a letter",
                () -> letters.list(box.only(), LetterFilter.ALL, RedriveScope.PENDING, 1)
                                .matching()
                        == 1);
        Letter letter = letters.list(box.only(), LetterFilter.ALL, RedriveScope.PENDING, 1)
                .letters()
                .get(0);
        assertEquals(redrives, letter.redrives());
        return letter;
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, what);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
