package io.bywash.dev;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.RecordPosition;
import io.bywash.core.settings.Ordering;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only of a record that nothing else can keep from its call it may be demanded that it passes the slow one. */
class BacklogTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    private final Journal journal = new Journal();

    @BeforeEach
    void send() {
        sent(0, SlowOrder.ID, Sent.GOOD);
        sent(1, SlowOrder.ID, Sent.GOOD);
    }

    @Test
    void aGoodRecordOfAnotherKeyCouldPass() {
        sent(2, "order-1", Sent.GOOD);
        assertTrue(couldPass(Ordering.key(2)));
        assertTrue(couldPass(Ordering.none(2)));
        assertFalse(backlog(Ordering.key(2)).couldPass(new TopicPartition("orders", 1), 1));
    }

    @Test
    void nothingOfItsOwnKeyCouldPass() {
        assertFalse(couldPass(Ordering.key(2)));
    }

    @Test
    void whatIsHandledIsNoLongerThere() throws Exception {
        sent(2, "order-1", Sent.GOOD);
        journal.handle(Verification.DEMO, new ConsumerRecord<>("orders", 0, 2, "order-1", "value"), () -> {});
        assertFalse(couldPass(Ordering.key(2)));
    }

    @Test
    void whatFailsMayTakeItsTimeAndKeepsThoseOfItsKey() {
        sent(2, "order-1", Sent.FAILING);
        sent(3, "order-1", Sent.GOOD);
        sent(4, "order-2", Sent.POISON);
        sent(5, "order-2", Sent.GOOD);
        assertFalse(couldPass(Ordering.key(2)));
        sent(6, "order-3", Sent.GOOD);
        assertTrue(couldPass(Ordering.key(2)));
    }

    @Test
    void whereSlowCallsMayTakeAllPlacesNobodyCouldPass() {
        sent(2, "order-1", Sent.GOOD);
        assertFalse(couldPass(Ordering.PARTITION));
        assertFalse(couldPass(Ordering.key(1)));
        assertFalse(couldPass(Ordering.none(1)));
        assertFalse(backlog(Ordering.key(2)).couldPass(PARTITION, 2));
        assertTrue(backlog(Ordering.key(3)).couldPass(PARTITION, 2));
    }

    private boolean couldPass(Ordering ordering) {
        return backlog(ordering).couldPass(PARTITION, 1);
    }

    private Backlog backlog(Ordering ordering) {
        return new Backlog(journal, Verification.DEMO, ordering);
    }

    private void sent(long offset, String order, Sent kind) {
        journal.acknowledged(new RecordPosition(PARTITION, offset), order, kind);
    }
}
