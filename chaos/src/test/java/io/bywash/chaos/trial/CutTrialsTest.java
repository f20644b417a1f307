package io.bywash.chaos.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.chaos.worker.Line;
import io.bywash.chaos.worker.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every partition of a topic that was made anew begins with one event, however long after that a second one may come. */
class CutTrialsTest {
    private static final CutTrials.Reign REIGN = new CutTrials.Reign(1_000, 9_000);

    /** One event for each partition; those of another topic do not matter. */
    private final List<Line> events = new ArrayList<>(IntStream.range(0, Plan.PARTITIONS)
            .mapToObj(partition -> event(Mark.STARTED, 2_000, partition))
            .toList());

    private static Line event(Mark mark, long micros, int partition) {
        return new Line(mark, micros, partition, 0, 0);
    }

    @Test
    void oneEventForEachIsInOrder() {
        events.add(event(Mark.STARTED, 900, 3));
        events.add(event(Mark.RECREATED, 9_001, 3));
        assertEquals(List.of(), CutTrials.judge(events, REIGN));
    }

    @Test
    void aSecondOneIsNoticed() {
        events.add(event(Mark.RECREATED, 8_000, 3));
        assertEquals(
                List.of("partition 3 of a topic that was made anew began with 2 events and not with one"),
                CutTrials.judge(events, REIGN));
    }

    @Test
    void aMissingOneIsNoticed() {
        events.remove(5);
        assertEquals(
                List.of("partition 5 of a topic that was made anew began with 0 events and not with one"),
                CutTrials.judge(events, REIGN));
    }
}
