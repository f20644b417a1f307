package io.bywash.chaos.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.RecordPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the oracle wants to know beside calls stands in the journal. */
class JournalingListenerTest {
    private static final RecordPosition AT = new RecordPosition(new TopicPartition("topic", 3), 42);

    @TempDir
    private Path directory;

    private List<String> written(GroupEvent event) throws IOException {
        Path file = directory.resolve("journal");
        try (Journal journal = new Journal(file)) {
            new JournalingListener(journal).on(event);
        }
        return Files.readAllLines(file).stream()
                .map(Line::of)
                .flatMap(Optional::stream)
                .map(line -> line.mark() + " " + line.partition() + "@" + line.offset())
                .toList();
    }

    @Test
    void aRefusedDeadLetter() throws IOException {
        assertEquals(
                List.of("LETTER_REFUSED 3@42"),
                written(new GroupEvent.DeadLetterFailed(AT, "letters", new IllegalStateException("full"))));
    }

    @Test
    void anAttemptThatCounts() throws IOException {
        assertEquals(
                List.of("ATTEMPT_COUNTED 3@42"),
                written(new GroupEvent.AttemptFailed(
                        AT, "handler", 1, new IllegalStateException("poison"), GroupEvent.NextStep.RETRY)));
    }

    @Test
    void aRebalanceThatBegins() throws IOException {
        assertEquals(List.of("REBALANCING -1@-1"), written(new GroupEvent.RebalanceStarted(Set.of(AT.partition()))));
    }

    @Test
    void aRebalanceThatFails() throws IOException {
        assertEquals(
                List.of("REBALANCE_FAILED -1@-1"),
                written(new GroupEvent.RebalanceFailed(new IllegalStateException("not heard of"), Set.of())));
    }

    @Test
    void thePartitionsThatARebalanceTook() throws IOException {
        assertEquals(
                List.of("RELEASED 3@-1"),
                written(new GroupEvent.RebalanceCompleted(Set.of(), Set.of(AT.partition()), Set.of())));
    }

    @Test
    void eventsThatNobodyHeardOf() throws IOException {
        assertEquals(List.of("EVENTS_DROPPED -1@7"), written(new GroupEvent.EventsDropped(7)));
    }

    @Test
    void aLateResult() throws IOException {
        assertEquals(List.of("LATE 3@42"), written(new GroupEvent.LateResult(AT)));
    }
}
