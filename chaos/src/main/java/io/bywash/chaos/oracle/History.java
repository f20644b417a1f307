package io.bywash.chaos.oracle;

import io.bywash.chaos.worker.Line;
import io.bywash.chaos.worker.Mark;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
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
    private final List<Ownership> ownerships = new ArrayList<>();
    private final Map<Mark, List<Note>> notes = new HashMap<>();

    private History() {}

    static History of(Collection<JournalFile> journals, Eras eras) throws IOException {
        History history = new History();
        for (JournalFile journal : journals) {
            history.take(journal.worker(), eras.lines(journal.lines()));
        }
        history.putInOrder();
        history.calls.sort(Comparator.comparingLong(Call::start));
        history.calls.forEach(call -> history.byRecord
                .computeIfAbsent(call.at(), at -> new ArrayList<>())
                .add(call));
        return history;
    }

    private void putInOrder() {
        ownerships.sort(Comparator.comparingLong(Ownership::begin));
        Map<Integer, Ownership> last = new HashMap<>();
        for (Ownership one : ownerships) {
            Ownership before = last.put(one.partition(), one);
            if (before != null) {
                before.followedAt(one.begin());
            }
        }
    }

    private void take(String worker, List<Line> lines) {
        Map<Integer, Ownership> owned = new HashMap<>();
        Map<Position, Deque<Started>> running = new HashMap<>();
        for (Line line : lines) {
            Position at = new Position(line.partition(), line.offset());
            switch (line.mark()) {
                case ASSIGNED -> {
                    Ownership begun = new Ownership(worker, line.partition(), line.micros());
                    owned.put(line.partition(), begun);
                    ownerships.add(begun);
                }
                case REVOKED -> owner(owned, line).ended(Ownership.End.HANDED_OVER, line.micros());
                case LOST -> owner(owned, line).ended(Ownership.End.LOST, line.micros());
                // Two calls for one record may run at once, in an engine that is defective.
                case START ->
                    running.computeIfAbsent(at, one -> new ArrayDeque<>()).add(new Started(owner(owned, line), line));
                case OK, FAILED -> {
                    Started started =
                            running.getOrDefault(at, new ArrayDeque<>()).poll();
                    if (started != null) {
                        calls.add(started.call(Optional.of(new Call.End(line.mark(), line.micros()))));
                    }
                }
                default ->
                    notes.computeIfAbsent(line.mark(), mark -> new ArrayList<>())
                            .add(new Note(worker, line));
            }
        }
        running.values().stream().flatMap(Deque::stream).forEach(started -> calls.add(started.call(Optional.empty())));
    }

    /** A line that is about neither a call nor an ownership. */
    record Note(String worker, Line line) {

        boolean isAbout(Position at) {
            return line.partition() == at.partition() && line.offset() == at.offset();
        }
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

    /** All ownerships in the order they began. */
    List<Ownership> ownerships() {
        return ownerships;
    }

    /** The calls for a record in the order they began. */
    List<Call> calls(Position at) {
        return byRecord.getOrDefault(at, List.of());
    }

    Map<Position, List<Call>> byRecord() {
        return byRecord;
    }

    /** Lines that are about neither calls nor ownerships. */
    List<Note> notes(Mark mark) {
        return notes.getOrDefault(mark, List.of());
    }

    /** When a record was handled first by somebody who had its partition just then. */
    Optional<Long> firstSuccessOfOwner(Position at) {
        return calls(at).stream()
                .filter(call -> call.succeeded() && call.owner().isCurrent(call.endMicros()))
                .map(Call::endMicros)
                .min(Comparator.naturalOrder());
    }

    /** When a record was handled first. */
    Optional<Long> firstSuccess(Position at) {
        return calls(at).stream().filter(Call::succeeded).map(Call::endMicros).min(Comparator.naturalOrder());
    }
}
