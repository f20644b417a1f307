package io.bywash.tools.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.RecordPosition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A group is what a filter by its class means, whatever topics and handlers there are. */
class LetterGroupTest {

    private static LetterGroup group(String type, long count, int minute, String topic, String... handlers) {
        Instant time = Instant.EPOCH.plusSeconds(60L * minute);
        return new LetterGroup(
                type,
                count,
                time,
                time,
                new TreeSet<>(Set.of(handlers)),
                "from " + topic,
                new RecordPosition(new TopicPartition(topic, 0), minute));
    }

    @Test
    void groupsOfSeveralTopicsAreOne() {
        List<LetterGroup> merged = LetterGroup.merged(List.of(
                group("java.io.IOException", 5, 2, "orders.dlt", "a"),
                group("java.io.EOFException", 6, 1, "orders.dlt", "a"),
                group("java.io.IOException", 7, 1, "payments.dlt", "b", "c")));
        assertEquals(2, merged.size());
        LetterGroup first = merged.get(0);
        assertEquals("java.io.IOException", first.type());
        assertEquals(12, first.count());
        assertEquals(Set.of("a", "b", "c"), first.handlers());
        assertEquals(Instant.EPOCH.plusSeconds(60), first.oldest());
        assertEquals(Instant.EPOCH.plusSeconds(120), first.newest());
        assertEquals("from payments.dlt", first.sample());
    }

    @Test
    void theRestOfVeryManyClassesIsNoClass() {
        LetterGrouping grouping = new LetterGrouping();
        for (int i = 0; i < 1_002; i++) {
            grouping.add(letter("com.acme.E" + i));
        }
        List<LetterGroup> groups = grouping.groups();
        assertEquals(1_001, groups.size());
        assertTrue(groups.get(0).isOfSeveral());
        assertEquals(2, groups.get(0).count());
        assertFalse(groups.get(1).isOfSeveral());
    }

    @Test
    void aWholeNameMeansThisClassAlone() {
        Letter other = letter("org.com.acme.Refused");
        assertTrue(filter("Refused").matches(other));
        assertTrue(filter("org.com.acme.Refused").matches(other));
        assertFalse(filter("com.acme.Refused").matches(other));
        assertTrue(filter("Inner").matches(letter("com.acme.Outer$Inner")));
        assertTrue(filter(LetterError.UNKNOWN).matches(letter("")));
    }

    private static LetterFilter filter(String exception) {
        return LetterFilter.ALL.withException(Optional.of(exception));
    }

    private static Letter letter(String type) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("letters", 0, 0, new byte[0], new byte[0]);
        record.headers().add("bywash-exception-class", type.getBytes(StandardCharsets.UTF_8));
        return LetterParser.parse(record, Letter.State.PENDING);
    }
}
