package io.bywash.core.lane;

import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.ledger.Frontier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The books of one ownership as they are kept by somebody who remembers every record and looks through all of them for every answer. */
final class NaiveBooks {
    private final BiPredicate<ConsumerRecord<byte[], byte[]>, ConsumerRecord<byte[], byte[]>> belongTogether;
    private final Optional<Integer> startEpoch;
    private final long start;

    /** The offsets that a former owner completed, as long as they count. */
    private final NavigableSet<Long> inherited;

    private final int inheritedEpoch;

    private final List<ConsumerRecord<byte[], byte[]>> delivered = new ArrayList<>();

    /** Where reading had come to before each of these. */
    private final List<Long> from = new ArrayList<>();

    private final List<ConsumerRecord<byte[], byte[]>> incomplete = new ArrayList<>();
    private final Queue<ConsumerRecord<byte[], byte[]>> ready = new ArrayDeque<>();
    private int read;
    private long position;
    private long frontier;
    private boolean reportWanted;
    private Report reported;

    private record Report(NavigableSet<Long> complete, int epoch) {}

    /**
     * Opens them.
     *
     * @param origin what the former owner committed
     * @param belongTogether which of two records, the earlier one first, wait for each other
     */
    NaiveBooks(
            Frontier origin,
            BiPredicate<ConsumerRecord<byte[], byte[]>, ConsumerRecord<byte[], byte[]>> belongTogether) {
        this.belongTogether = belongTogether;
        start = origin.offset();
        startEpoch = origin.leaderEpoch();
        inherited = offsets(origin.done());
        inheritedEpoch = origin.done().leaderEpoch();
        reported = new Report(new TreeSet<>(inherited), inheritedEpoch);
        position = start;
        frontier = start;
    }

    private static NavigableSet<Long> offsets(DoneRanges ranges) {
        NavigableSet<Long> offsets = new TreeSet<>();
        for (int range = 0; range < ranges.count(); range++) {
            for (long offset = ranges.first(range); offset < ranges.end(range); offset++) {
                offsets.add(offset);
            }
        }
        return offsets;
    }

    void delivered(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            delivered.add(record);
            from.add(position);
            position = record.offset() + 1;
        }
    }

    void readOnTo(long newPosition) {
        position = newPosition;
    }

    void wantReport() {
        reportWanted = true;
    }

    /** Takes the record that is to be called next, if there is one. */
    Optional<ConsumerRecord<byte[], byte[]>> take() {
        while (ready.isEmpty() && read < delivered.size()) {
            ConsumerRecord<byte[], byte[]> record = delivered.get(read++);
            if (record.leaderEpoch().orElse(-1) > inheritedEpoch) {
                // Epochs never fall, so from here on the log is another than the former owner's.
                inherited.clear();
            }
            if (!inherited.contains(record.offset())) {
                boolean waits = incomplete.stream().anyMatch(earlier -> belongTogether.test(earlier, record));
                incomplete.add(record);
                if (!waits) {
                    ready.add(record);
                }
            }
        }
        return Optional.ofNullable(ready.poll());
    }

    void complete(ConsumerRecord<byte[], byte[]> record) {
        incomplete.remove(record);
        incomplete.stream()
                .filter(later -> belongTogether.test(record, later))
                .findFirst()
                .ifPresent(ready::add);
    }

    void tryAgain(ConsumerRecord<byte[], byte[]> record) {
        ready.add(record);
    }

    /** Whoever has the turn answers at its end what the poll thread asked before. */
    void endTurn() {
        if (reportWanted) {
            reportWanted = false;
            reported = report();
        }
    }

    private Report report() {
        NavigableSet<Long> ahead = inherited.tailSet(readThrough(), false);
        NavigableSet<Long> complete = new TreeSet<>(ahead);
        if (!incomplete.isEmpty()) {
            for (long offset = incomplete.get(0).offset(); offset <= readThrough(); offset++) {
                complete.add(offset);
            }
            incomplete.forEach(record -> complete.remove(record.offset()));
        }
        return new Report(complete, Math.max(readEpoch(), ahead.isEmpty() ? -1 : inheritedEpoch));
    }

    private long readThrough() {
        return read == 0 ? start - 1 : delivered.get(read - 1).offset();
    }

    /** The highest epoch of the records that were read, or of those that the former owner read if these tell none. */
    private int readEpoch() {
        return delivered.subList(0, read).stream()
                .flatMap(record -> record.leaderEpoch().stream())
                .max(Integer::compare)
                .orElse(inheritedEpoch);
    }

    /** What would be committed now. */
    Frontier frontier() {
        frontier = Math.max(frontier, reached());
        NavigableSet<Long> beyond = reported.complete.tailSet(frontier, true);
        return new Frontier(frontier, epochBelow(frontier), ranges(beyond, reported.epoch), Optional.empty());
    }

    private long reached() {
        if (!incomplete.isEmpty()) {
            return incomplete.get(0).offset();
        }
        return read == delivered.size() ? position : readThrough() + 1;
    }

    /** What lies between two records may be of the leader of the later one. */
    private Optional<Integer> epochBelow(long offset) {
        Optional<Integer> epoch = startEpoch;
        for (int i = 0; i < delivered.size(); i++) {
            if (from.get(i) < offset) {
                epoch = delivered.get(i).leaderEpoch();
            }
        }
        return epoch;
    }

    private static DoneRanges ranges(NavigableSet<Long> offsets, int epoch) {
        List<Long> bounds = new ArrayList<>();
        for (long offset : offsets) {
            if (!offsets.contains(offset - 1)) {
                bounds.add(offset);
            }
            if (!offsets.contains(offset + 1)) {
                bounds.add(offset + 1);
            }
        }
        return DoneRanges.of(bounds.stream().mapToLong(Long::longValue).toArray(), epoch);
    }

    /** How many records were delivered and are not over. */
    long waiting() {
        return delivered.size() - read + incomplete.size();
    }
}
