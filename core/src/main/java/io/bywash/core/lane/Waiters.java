package io.bywash.core.lane;

import io.bywash.core.session.Obstacle;
import io.bywash.core.snapshot.HoldCause;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.core.snapshot.WaitingRecord;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What the failed records of one partition wait for, and what of it is told. Belongs to the worker. */
final class Waiters {
    private final NavigableMap<Long, WaitingRecord> all = new TreeMap<>();
    private final Map<HoldCause, NavigableMap<Long, WaitingRecord>> byCause = new EnumMap<>(HoldCause.class);
    private boolean changed;

    /** Notes that a record waits; what it waited for before is forgotten. */
    void add(WaitingRecord waiting) {
        remove(waiting.offset());
        all.put(waiting.offset(), waiting);
        byCause.computeIfAbsent(waiting.cause(), none -> new TreeMap<>()).put(waiting.offset(), waiting);
        changed = true;
    }

    /** Notes that a record waits no more, if it did. */
    void remove(long offset) {
        Optional<WaitingRecord> gone = Optional.ofNullable(all.remove(offset));
        gone.flatMap(waiting -> Optional.ofNullable(byCause.get(waiting.cause())))
                .ifPresent(alike -> alike.remove(offset));
        changed |= gone.isPresent();
    }

    /** Tells whether what was said of them is no longer true. */
    boolean haveChanged() {
        return changed;
    }

    /** Says what holds the partition up: the gravest cause, at the first record that waits for it. */
    Obstacle obstacle(Recoveries.Scope scope) {
        changed = false;
        Optional<WaitingRecord> gravest = byCause.values().stream()
                .filter(alike -> !alike.isEmpty())
                .map(alike -> alike.firstEntry().getValue())
                .findFirst();
        if (gravest.isEmpty()) {
            return Obstacle.NONE;
        }
        if (scope == Recoveries.Scope.PARTITION) {
            return new Obstacle.Blocked(gravest.get());
        }
        List<WaitingRecord> named =
                all.values().stream().limit(PartitionSnapshot.MOST_WAITING).toList();
        return new Obstacle.Hindered(gravest.get(), named, all.size());
    }
}
