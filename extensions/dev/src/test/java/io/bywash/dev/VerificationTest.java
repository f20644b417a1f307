package io.bywash.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.settings.Ordering;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A check that finds nothing is worth something only if it finds what is there. */
class VerificationTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    private final Journal journal = new Journal();
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
        handle("a", 5);
        handle("b", 4);
        handle("a", 3);
        assertEquals(
                List.of("orders-0@4 was begun after offset 5", "orders-0@3 was begun after offset 4"),
                violations(Ordering.PARTITION));
        assertEquals(List.of("orders-0@3 was begun after offset 5"), violations(Ordering.key(8)));
        assertEquals(List.of(), violations(Ordering.none(8)));
    }

    @Test
    void keysAreTheSameIfTheirBytesAre() throws Exception {
        handle(new byte[] {1}, 5);
        handle(new byte[] {1}, 4);
        assertEquals(List.of("orders-0@4 was begun after offset 5"), violations(Ordering.key(8)));
    }

    @Test
    void recordsWithoutAKeyWaitForNoOther() throws Exception {
        handle(null, 5);
        handle(null, 4);
        assertEquals(List.of(), violations(Ordering.key(8)));
    }

    @Test
    void seesTwoCallsOfAKeyAtOnce() throws Exception {
        call("a", 4, () -> call("b", 5, () -> call("a", 6, () -> {})));
        assertEquals(List.of("orders-0@6 was begun while offset 4 was in a call"), violations(Ordering.key(8)));
    }

    @Test
    void seesWhatOvertakesARecordThatIsTriedAgain() throws Exception {
        assertThrows(IllegalStateException.class, () -> fail("a", 4));
        handle("a", 5);
        handle("a", 4);
        assertEquals(List.of("orders-0@4 was begun after offset 5"), violations(Ordering.key(8)));
    }

    @Test
    void aCallThatThrowsIsNotHandledAndMayBeTriedAgain() throws Exception {
        assertThrows(IllegalStateException.class, () -> fail("a", 7));
        assertEquals(0, course.timesHandled(new RecordPosition(PARTITION, 7)));
        handle("a", 7);
        assertEquals(1, course.timesHandled(new RecordPosition(PARTITION, 7)));
        assertEquals(List.of(), violations(Ordering.key(8)));
    }

    private List<String> violations(Ordering ordering) {
        return CallOrder.violations(ordering, course);
    }

    private void sent(Sent kind, long... offsets) {
        for (long offset : offsets) {
            journal.acknowledged(new RecordPosition(PARTITION, offset), "order-1", kind);
        }
    }

    private void handle(long offset) throws Exception {
        handle("key", offset);
    }

    private void handle(Object key, long offset) throws Exception {
        call(key, offset, () -> {});
    }

    private void fail(Object key, long offset) throws Exception {
        call(key, offset, () -> {
            throw new IllegalStateException("no");
        });
    }

    private void call(Object key, long offset, Around.Call call) throws Exception {
        journal.handle("demo", new ConsumerRecord<>("orders", 0, offset, key, "value"), call);
    }

    private void deadLetter(long offset) {
        journal.on("demo", new GroupEvent.DeadLettered(new RecordPosition(PARTITION, offset), "orders.dlt", 1));
    }
}
