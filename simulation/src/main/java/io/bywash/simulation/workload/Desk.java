package io.bywash.simulation.workload;

import io.bywash.core.pull.ReadRecord;
import io.bywash.simulation.schedule.Chance;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The records of one partition that an application has been handed and not marked yet. */
final class Desk {
    private final Deque<ReadRecord<String, Nature>> records = new ArrayDeque<>();
    private Optional<ReadRecord<String, Nature>> finished = Optional.empty();

    void put(ReadRecord<String, Nature> record) {
        records.add(record);
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /** Takes some away, from the oldest on; returns the last of them. */
    Optional<ReadRecord<String, Nature>> finish(Chance chance) {
        int count = records.isEmpty() ? 0 : 1 + chance.below(records.size());
        for (int i = 1; i < count; i++) {
            records.remove();
        }
        finished = Optional.ofNullable(records.poll());
        return finished;
    }

    /** Goes back to the last record that was finished, or else to the oldest that is not. It may be too late, so what is here stays. */
    Optional<ReadRecord<String, Nature>> goBack() {
        Optional<ReadRecord<String, Nature>> target = finished.or(() -> Optional.ofNullable(records.peek()));
        finished = Optional.empty();
        return target;
    }
}
