package io.bywash.chaos.oracle;

import io.bywash.chaos.worker.Line;
import io.bywash.chaos.worker.Mark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What all workers did, put together from their journals. */
final class History {
    private final List<Call> calls = new ArrayList<>();
    private final Map<Position, List<Call>> byRecord =
            new TreeMap<>(Comparator.comparingInt(Position::partition).thenComparingLong(Position::offset));
    private final Map<Mark, List<Line>> notes = new HashMap<>();

    private History() {}

    static History of(Collection<JournalFile> journals) throws IOException {
        History history = new History();
        for (JournalFile journal : journals) {
            history.take(journal.worker(), journal.lines());
        }
        history.calls.sort(Comparator.comparingLong(Call::start));
        history.calls.forEach(call -> history.byRecord
                .computeIfAbsent(call.at(), at -> new ArrayList<>())
                .add(call));
        return history;
    }

    private void take(String worker, List<Line> lines) {
        Map<Integer, Ownership> owned = new HashMap<>();
        Map<Position, Started> running = new HashMap<>();
        for (Line line : lines) {
            Position at = new Position(line.partition(), line.offset());
            switch (line.mark()) {
                case ASSIGNED -> owned.put(line.partition(), new Ownership(worker, line.partition(), line.micros()));
                case REVOKED -> owner(owned, line).ended(Ownership.End.HANDED_OVER);
                case LOST -> owner(owned, line).ended(Ownership.End.LOST);
                case START -> running.put(at, new Started(owner(owned, line), line));
                case OK, FAILED -> {
                    Started started = running.remove(at);
                    if (started != null) {
                        calls.add(started.call(Optional.of(new Call.End(line.mark(), line.micros()))));
                    }
                }
                default ->
                    notes.computeIfAbsent(line.mark(), mark -> new ArrayList<>())
                            .add(line);
            }
        }
        running.values().forEach(started -> calls.add(started.call(Optional.empty())));
    }

    private record Started(Ownership owner, Line line) {
        Call call(Optional<Call.End> end) {
            return new Call(owner, new Position(line.partition(), line.offset()), line.attempt(), line.micros(), end);
        }
    }

    private static Ownership owner(Map<Integer, Ownership> owned, Line line) {
        Ownership owner = owned.get(line.partition());
        if (owner == null) {
            throw new IllegalStateException("the journal has " + line + " before the partition was assigned");
        }
        return owner;
    }

    /** All calls in the order they began. */
    List<Call> calls() {
        return calls;
    }

    /** The calls for a record in the order they began. */
    List<Call> calls(Position at) {
        return byRecord.getOrDefault(at, List.of());
    }

    Map<Position, List<Call>> byRecord() {
        return byRecord;
    }

    /** Lines that are about neither calls nor ownerships. */
    List<Line> notes(Mark mark) {
        return notes.getOrDefault(mark, List.of());
    }

    /** When a record was handled first. */
    Optional<Long> firstSuccess(Position at) {
        return calls(at).stream().filter(Call::succeeded).map(Call::endMicros).min(Comparator.naturalOrder());
    }
}
