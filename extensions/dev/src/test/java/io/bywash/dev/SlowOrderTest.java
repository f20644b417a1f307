package io.bywash.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class SlowOrderTest {
    private final SlowOrder slow = new SlowOrder();

    @Test
    void countsWhatPassesItInItsPartitionWhileItIsInACall() throws Exception {
        call("order-handler", 0, "order-1", () -> {});
        call("order-handler", 0, SlowOrder.ID, () -> {
            call("order-handler", 0, "order-1", () -> {});
            call("order-handler", 0, "order-2", () -> {});
            call("order-handler", 1, "order-3", () -> {});
        });
        call("order-handler", 0, "order-1", () -> {});
        assertEquals(
                Optional.of("order-slow: 1 x 300 ms; meanwhile 2 other records of its partition were handled"),
                slow.summary());
    }

    @Test
    void leavesOtherConsumersAlone() throws Exception {
        call("hello", 0, SlowOrder.ID, () -> {});
        assertEquals(Optional.empty(), slow.summary());
    }

    private void call(String consumer, int partition, String key, Around.Call call) throws Exception {
        slow.handle(consumer, new ConsumerRecord<>("orders", partition, 0, key, "value"), call);
    }
}
