package io.bywash.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.RecordPosition;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A check that finds nothing is worth something only if it finds what is there. */
class VerificationTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    private final Journal journal = new Journal();
    private final TopicHandler<String, String> handler = journal.wrap("demo", (record, context) -> {});
    private final Journal.Course course = journal.course("demo");

    @Test
    void findsWhatIsMissingTwiceOrBoth() throws Exception {
        sent(Sent.GOOD, 0, 1, 2, 3);
        handle(0);
        handle(2);
        handle(2);
        handle(3);
        deadLetter(3);
        assertEquals(
                List.of(
                        "orders-0@1 was handled 0 times and dead-lettered 0 times",
                        "orders-0@2 was handled 2 times and dead-lettered 0 times",
                        "orders-0@3 was handled 1 times and dead-lettered 1 times"),
                Verification.findings(journal.sent(), course, false));
    }

    @Test
    void knowsWhichRecordsTheDemoMustRefuse() throws Exception {
        sent(Sent.POISON, 0);
        sent(Sent.GOOD, 1);
        handle(0);
        deadLetter(1);
        assertEquals(
                List.of("orders-0@0 is POISON, but was handled", "orders-0@1 is GOOD, but was dead-lettered"),
                Verification.findings(journal.sent(), course, true));
        assertTrue(Verification.findings(journal.sent(), course, false).isEmpty(), "others may take what they like");
    }

    @Test
    void seesWhatIsOutOfOrder() throws Exception {
        handle(5);
        handle(4);
        assertEquals(List.of("orders-0@4 was handled after offset 5"), course.outOfOrder());
    }

    @Test
    void aCallThatThrowsIsNotHandled() {
        TopicHandler<String, String> throwing = journal.wrap("demo", (record, context) -> {
            throw new IllegalStateException("no");
        });
        boolean threw = false;
        try {
            throwing.handle(record(7), new AtPartition());
        } catch (Exception e) {
            threw = true;
        }
        assertTrue(threw);
        assertFalse(course.timesHandled(new RecordPosition(PARTITION, 7)) > 0);
    }

    private void sent(Sent kind, long... offsets) {
        for (long offset : offsets) {
            journal.acknowledged(new RecordPosition(PARTITION, offset), kind);
        }
    }

    private void handle(long offset) throws Exception {
        handler.handle(record(offset), new AtPartition());
    }

    private void deadLetter(long offset) {
        journal.on("demo", new GroupEvent.DeadLettered(new RecordPosition(PARTITION, offset), "orders.dlt", 1));
    }

    private static ConsumerRecord<String, String> record(long offset) {
        return new ConsumerRecord<>("orders", 0, offset, "key", "value");
    }

    private record AtPartition() implements HandlerContext {
        @Override
        public TopicPartition partition() {
            return PARTITION;
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public boolean isRevoking() {
            return false;
        }
    }
}
