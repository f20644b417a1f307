package io.bywash.console.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.bywash.core.event.GroupEvent;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EventLogTest {

    @Test
    void ofVeryManyPartitionsTheFirstAreNamedAndAllAreCounted() {
        Set<TopicPartition> many = IntStream.range(0, 5_000)
                .mapToObj(number -> new TopicPartition("orders", number))
                .collect(Collectors.toSet());
        EventLog log = new EventLog();
        log.add(new GroupEvent.RebalanceCompleted(many, Set.of(new TopicPartition("payments", 0)), many));
        EventView event = log.newestFirst().get(0);
        assertEquals(50, event.claimed().size());
        assertEquals("orders-0", event.claimed().get(0));
        assertEquals("orders-49", event.claimed().get(49));
        assertEquals(5_000, event.claimedCount());
        assertEquals(1, event.released().size());
        assertEquals(1, event.releasedCount());
    }

    @Test
    void whereManyPartitionsBeginIsOneLine() {
        EventLog log = new EventLog();
        log.add(new GroupEvent.PartitionsStarted(
                Map.of(new TopicPartition("orders", 1), 7L, new TopicPartition("orders", 0), 5L)));
        EventView event = log.newestFirst().get(0);
        assertEquals("2 partitions without a committed offset begin: orders-0 at 5, orders-1 at 7", event.text());
        assertFalse(event.failure());
    }
}
