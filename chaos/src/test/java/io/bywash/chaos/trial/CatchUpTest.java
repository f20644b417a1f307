package io.bywash.chaos.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.chaos.worker.Line;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The clock runs from the last fault, not from when somebody comes to look. */
class CatchUpTest {
    private static final TopicPartition ONE = new TopicPartition("topic", 0);
    private static final TopicPartition OTHER = new TopicPartition("topic", 1);

    private final CatchUp catchUp = new CatchUp(Map.of(ONE, 10L, OTHER, 0L));

    private static Map<TopicPartition, OffsetAndMetadata> committed(long offset) {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        committed.put(ONE, new OffsetAndMetadata(offset));
        return committed;
    }

    @Test
    void whatIsCommittedInTimeIsFine() {
        assertEquals(List.of(), catchUp.await(Line.now(), () -> committed(10), () -> ""));
    }

    @Test
    void whatIsCommittedAtOnceButLongAfterTheFaultIsNot() {
        List<String> wrong = catchUp.await(Line.now() - 61_000_000, () -> committed(10), () -> "");
        assertEquals(List.of("what was there was committed only 61 s after the last fault"), wrong);
    }

    @Test
    void itWaitsForEveryPartition() {
        Deque<Map<TopicPartition, OffsetAndMetadata>> answers =
                new ArrayDeque<>(List.of(Map.of(), committed(9), committed(12)));
        assertEquals(List.of(), catchUp.await(Line.now(), answers::remove, () -> ""));
        assertTrue(answers.isEmpty());
    }

    @Test
    void aFaultThatLastsIsOverWhenItIsSaidToBe() {
        FaultLog faults = new FaultLog();
        faults.begin("one", "");
        faults.begin("two", "a-0");
        long begun = faults.lastOver();
        assertEquals(faults.all().get(1).micros(), begun);
        faults.over();
        assertTrue(faults.lastOver() >= begun);
        assertEquals(begun, faults.all().get(1).micros());
        assertEquals("a-0", faults.all().get(1).struck());
    }
}
