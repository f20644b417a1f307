package io.bywash.chaos.oracle;

import io.bywash.chaos.load.Produced;
import io.bywash.chaos.worker.Line;
import io.bywash.chaos.worker.Mark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Tells apart what happened before a partition's log was replaced and after that: the same offset is another record then. What is told of
 * a later log is told of a partition with a number of its own.
 */
final class Eras {
    private static final int APART = 1_000;

    private final List<Cut> cuts;

    /** In the order of their times. */
    Eras(List<Cut> cuts) {
        this.cuts = cuts;
    }

    /** Where a record is now that is found at a place of the log. */
    Position found(Position at) {
        int era = eras(at.partition(), cut -> at.offset() >= cut.offset());
        return new Position(at.partition() + APART * era, at.offset());
    }

    /** A record with the partition as it was when it was acknowledged. */
    Produced acknowledged(Produced record) {
        int era = eras(record.partition(), cut -> record.micros() >= cut.gone());
        return new Produced(
                record.partition() + APART * era, record.offset(), record.key(), record.task(), record.micros());
    }

    /** A record of which the log was cut off, with the partition as it was when it was acknowledged; nothing if it was not. */
    Optional<Gone> gone(Produced record) {
        return cuts.stream()
                .filter(cut -> cut.partition() == record.partition()
                        && record.micros() < cut.gone()
                        && record.offset() >= cut.offset())
                .findFirst()
                .map(cut -> new Gone(acknowledged(record), cut.gone()));
    }

    /** The number of a partition at a time. */
    private int partition(int partition, long micros) {
        return partition + APART * eras(partition, cut -> micros >= cut.anew());
    }

    /** The number of the partition of a commit: of the topic it is of, where it tells that, and else at its time. */
    int partition(Commit commit) {
        boolean isTold = commit.topic().isPresent()
                && cuts.stream().anyMatch(cut -> cut.topic().isPresent());
        return isTold
                ? commit.partition()
                        + APART * eras(commit.partition(), cut -> cut.topic().equals(commit.topic()))
                : partition(commit.partition(), commit.millis() * 1_000);
    }

    /** The numbers of a partition in all its eras. */
    IntStream all(int partition) {
        return IntStream.rangeClosed(0, eras(partition, cut -> true)).map(era -> partition + APART * era);
    }

    /** A journal, with the partitions as they were when each of its ownerships began. */
    List<Line> lines(List<Line> lines) {
        if (cuts.isEmpty()) {
            return lines;
        }
        Map<Integer, Integer> now = new HashMap<>();
        List<Line> all = new ArrayList<>();
        for (Line line : lines) {
            if (line.mark() == Mark.ASSIGNED || line.mark() == Mark.STARTED) {
                now.put(line.partition(), partition(line.partition(), line.micros()));
            }
            all.add(line.about(now.getOrDefault(line.partition(), line.partition())));
        }
        return all;
    }

    /** The number of the last cut of a partition that something holds for. */
    private int eras(int partition, Predicate<Cut> holds) {
        int era = 0;
        int last = 0;
        for (Cut cut : cuts) {
            if (cut.partition() == partition) {
                era++;
                last = holds.test(cut) ? era : last;
            }
        }
        return last;
    }
}
