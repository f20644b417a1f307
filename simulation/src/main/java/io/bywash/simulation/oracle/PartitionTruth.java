package io.bywash.simulation.oracle;

import io.bywash.simulation.cluster.PartitionLog;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What is true of one partition, whoever has it. */
final class PartitionTruth {
    private final PartitionLog log;
    private final Set<Long> done = new HashSet<>();
    private final NavigableSet<Long> late = new TreeSet<>();
    private Optional<OffsetAndMetadata> committed = Optional.empty();
    private Attempts handover = Attempts.unknown();
    private long lowestOpen;

    PartitionTruth(PartitionLog log) {
        this.log = log;
    }

    TopicPartition partition() {
        return log.partition();
    }

    PartitionLog log() {
        return log;
    }

    /** Notes that a record is handled, dead-lettered or skipped; returns whether it was before. */
    boolean isDoneAgain(long offset) {
        return !done.add(offset);
    }

    void handledLate(long offset) {
        late.add(offset);
    }

    /** Tells whether a call for a record from one offset up to, but not including, another came back too late to count. */
    boolean wasHandledLate(long from, long to) {
        return !late.subSet(from, to).isEmpty();
    }

    /** Returns the first record that nobody is done with, or the end of the log. */
    long lowestOpen() {
        for (Long offset = log.records().ceilingKey(lowestOpen);
                offset != null;
                offset = log.records().ceilingKey(lowestOpen)) {
            if (!done.contains(offset)) {
                return offset;
            }
            lowestOpen = offset + 1;
        }
        return log.end();
    }

    Optional<OffsetAndMetadata> committed() {
        return committed;
    }

    long committedOffset() {
        return committed.map(OffsetAndMetadata::offset).orElse(0L);
    }

    void commit(OffsetAndMetadata offset) {
        committed = Optional.of(offset);
    }

    /** Returns what the next owner knows of attempts. */
    Attempts handover() {
        return handover;
    }

    void handOver(Attempts attempts) {
        handover = attempts;
    }
}
