package io.bywash.simulation;

import io.bywash.handler.NonRetriableException;
import io.bywash.handler.RetriableException;
import io.bywash.simulation.schedule.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Has calls of different keys run at once, on two real threads, and compares what comes of them with what comes of the same calls one after
 * the other. Only neighbours run at once, so that a handler that bears several keys at a time comes to the same result unless it is hurt by
 * the overlap itself; which of two neighbours is first is tried before, on one thread.
 *
 * @param <S> the type of what outlives a process
 */
final class OverlappingCalls<S> {
    private static final int CONTROLS = 20;
    private static final int MOST_ATTEMPTS = 2;

    private final HandlerRuns<S> described;
    private final Duration patience;
    private final List<ConsumerRecord<String, String>> records = new ArrayList<>();

    /** The offsets of those that fail whatever runs beside them. */
    private final Set<Long> failing = new HashSet<>();

    /** What was found. */
    record Found(Assumption assumption, HandlerReport.Difference difference) {}

    /** One call, or two of different keys. */
    private record Neighbours(ConsumerRecord<String, String> one, Optional<ConsumerRecord<String, String>> other) {
        @Override
        public String toString() {
            return name(one) + other.map(beside -> " beside " + name(beside)).orElse("");
        }
    }

    /** What came of a round: the result, and failures that there are only if calls overlap. */
    private record Came(Object result, List<String> failures) {}

    /**
     * Creates one.
     *
     * @param described the handler
     * @param patience how long a call may last until it is taken for one that never comes back
     */
    OverlappingCalls(HandlerRuns<S> described, Duration patience) {
        this.described = described;
        this.patience = patience;
        for (KeyedValue record : described.records()) {
            records.add(new ConsumerRecord<>(
                    BareProcess.PARTITION.topic(),
                    BareProcess.PARTITION.partition(),
                    records.size(),
                    record.key(),
                    record.value()));
        }
    }

    /**
     * Refuses records of which next to none would overlap: nothing would be found, and that would pass for praise.
     *
     * @throws IllegalStateException if no two neighbours have different keys, or the records are given key by key
     */
    static void requireNeighbours(List<KeyedValue> records) {
        List<String> keys = records.stream().map(KeyedValue::key).toList();
        long distinct = keys.stream().distinct().count();
        long changes = IntStream.range(1, keys.size())
                .filter(at -> !keys.get(at).equals(keys.get(at - 1)))
                .count();
        boolean keyByKey = changes < distinct && keys.size() >= 2 * distinct;
        if (changes == 0 || keyByKey) {
            throw new IllegalStateException("calls of neighbouring records overlap where their keys differ, and of "
                    + keys.size() + " records only " + changes + " have another key than the one before; add records of"
                    + " several keys in turn, or leave overlapping out");
        }
    }

    /**
     * Looks for a difference; called once.
     *
     * @param rounds how often all records are handled at most
     */
    Optional<Found> look(int rounds) {
        Object calm = inTurn(neighbours(1), new Chance(1), 0);
        for (int control = 1; control <= CONTROLS; control++) {
            List<Neighbours> neighbours = neighbours(control);
            Object result = inTurn(neighbours, new Chance(control), 0.5);
            if (!result.equals(calm)) {
                String how = "one call after the other, some of these pairs the other way round:" + lines(neighbours);
                return Optional.of(
                        new Found(Assumption.ORDER_OF_KEYS, new HandlerReport.Difference(control, result, how)));
            }
        }
        for (int round = 1; round <= rounds; round++) {
            List<Neighbours> neighbours = neighbours(round);
            Came came = atOnce(neighbours);
            if (!came.failures().isEmpty() || !came.result().equals(calm)) {
                String how = "these calls overlapped:" + lines(neighbours) + lines(came.failures());
                return Optional.of(
                        new Found(Assumption.THREAD_SAFE, new HandlerReport.Difference(round, came.result(), how)));
            }
        }
        return Optional.empty();
    }

    /** Puts each record beside the one before it in one round, and beside the one after it in the next. */
    private List<Neighbours> neighbours(int round) {
        List<Neighbours> neighbours = new ArrayList<>();
        int at = 0;
        if (round % 2 == 0) {
            neighbours.add(new Neighbours(records.get(at), Optional.empty()));
            at++;
        }
        while (at < records.size()) {
            ConsumerRecord<String, String> one = records.get(at);
            Optional<ConsumerRecord<String, String>> other = at + 1 < records.size()
                    ? Optional.of(records.get(at + 1))
                            .filter(next -> !next.key().equals(one.key()))
                    : Optional.empty();
            neighbours.add(new Neighbours(one, other));
            at += other.isPresent() ? 2 : 1;
        }
        return neighbours;
    }

    private Object inTurn(List<Neighbours> neighbours, Chance chance, double swapped) {
        BareProcess<S> process = BareProcess.start(described);
        for (Neighbours pair : neighbours) {
            boolean otherFirst = chance.happens(swapped);
            if (otherFirst) {
                pair.other().ifPresent(other -> process.handle(other, this::failsAnyway));
            }
            process.handle(pair.one(), this::failsAnyway);
            if (!otherFirst) {
                pair.other().ifPresent(other -> process.handle(other, this::failsAnyway));
            }
        }
        return process.end();
    }

    private boolean failsAnyway(ConsumerRecord<String, String> record, int attempt, Throwable failure) {
        failing.add(record.offset());
        return attempt < MOST_ATTEMPTS && !(failure instanceof NonRetriableException);
    }

    @SuppressWarnings(
            "ThreadPriorityCheck") // on one processor the other call goes on no other way; nothing else rests on it
    private Came atOnce(List<Neighbours> neighbours) {
        BareProcess<S> process = BareProcess.start(described);
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        Lockstep lockstep = new Lockstep();
        BareProcess.Failures policy = (record, attempt, failure) -> {
            if (failing.contains(record.offset())) {
                return attempt < MOST_ATTEMPTS && !(failure instanceof NonRetriableException);
            }
            if (failure instanceof RetriableException && lockstep.goesOn()) {
                // It may wait for the other call, as one that meets a conflict does; that is no defect.
                Thread.yield();
                return true;
            }
            failures.add(name(record) + " failed: " + failure);
            return false;
        };
        List<Optional<ConsumerRecord<String, String>>> ones = new ArrayList<>();
        List<Optional<ConsumerRecord<String, String>>> others = new ArrayList<>();
        neighbours.forEach(pair -> {
            ones.add(Optional.of(pair.one()));
            others.add(pair.other());
        });
        boolean cameBack = lockstep.run(
                step -> ones.get(step).ifPresent(record -> process.handle(record, policy)),
                step -> others.get(step).ifPresent(record -> process.handle(record, policy)),
                neighbours.size(),
                patience);
        if (!cameBack) {
            failures.add("no call came back within " + patience);
        }
        return new Came(cameBack ? process.end() : "unknown", List.copyOf(failures));
    }

    private static String lines(List<?> some) {
        StringBuilder lines = new StringBuilder();
        some.forEach(one -> lines.append('\n').append(one));
        return lines.toString();
    }

    private static String name(ConsumerRecord<String, String> record) {
        return record.value() + " of " + record.key();
    }
}
