package io.bywash.simulation.oracle;

import io.bywash.core.commit.CommittedOffset;
import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.session.FailedRecord;
import io.bywash.core.session.Origin;
import io.bywash.simulation.cluster.PartitionLog;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What is true of one partition, whoever has it. */
final class PartitionTruth {
    private final PartitionLog log;
    private final Set<ConsumerRecord<byte[], byte[]>> done = new HashSet<>();
    private final Set<ConsumerRecord<byte[], byte[]>> halted = new HashSet<>();
    private final NavigableSet<Long> late = new TreeSet<>();
    private final Map<OffsetAndMetadata, Committed> commits = new HashMap<>();
    private Committed committed = Committed.NOTHING;
    private Attempts handover = Attempts.unknown();
    private Optional<Ownership> latest = Optional.empty();
    private long lowestOpen;
    private Optional<Long> mayGoBackTo = Optional.empty();

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
    boolean isDoneAgain(ConsumerRecord<byte[], byte[]> record) {
        return !done.add(record);
    }

    /** Tells whether somebody is done with a record, or nobody can read it any more. */
    boolean isDoneOrGone(ConsumerRecord<byte[], byte[]> record) {
        return record.offset() < log.start() || done.contains(record);
    }

    /** Notes that a record waited for an operator. */
    void halted(ConsumerRecord<byte[], byte[]> record) {
        halted.add(record);
    }

    /** Tells whether a record has waited for an operator, at whatever owner. */
    boolean wasHalted(ConsumerRecord<byte[], byte[]> record) {
        return halted.contains(record);
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
            boolean open = offset >= log.start() && !done.contains(log.records().get(offset));
            if (open) {
                return offset;
            }
            lowestOpen = offset + 1;
        }
        return log.end();
    }

    Committed committed() {
        return committed;
    }

    long committedOffset() {
        return committed.offset();
    }

    /** Notes that an application went back, so that a commit may; one of an earlier time that it did may be under way. */
    void mayGoBackTo(long offset) {
        mayGoBackTo = Optional.of(Math.min(offset, mayGoBackTo.orElse(offset)));
    }

    /** Notes that whatever the former owner wanted is over. */
    void mayNotGoBack() {
        mayGoBackTo = Optional.empty();
    }

    /** Tells whether what is committed may go back to an offset. */
    boolean mayBeBackAt(long offset) {
        return mayGoBackTo.filter(target -> target <= offset).isPresent();
    }

    /** Tells whether the owner is on its way back, so that what is committed will go back too. */
    boolean isGoingBack() {
        return latest.filter(owner -> !owner.isOver())
                .filter(owner -> owner.handout().resetTo().isPresent() || owner.frontier() < committedOffset())
                .isPresent();
    }

    void commit(OffsetAndMetadata offset) {
        committed = read(offset);
        commits.put(offset, committed);
    }

    /** Reads a commit as it is to be understood now. */
    Committed read(OffsetAndMetadata commit) {
        Origin origin = CommittedOffset.origin(partition(), commit);
        Set<ConsumerRecord<byte[], byte[]>> told = new LinkedHashSet<>();
        DoneRanges ranges = origin.done();
        for (int range = 0; range < ranges.count(); range++) {
            log.records().subMap(ranges.first(range), ranges.end(range)).values().stream()
                    .filter(record -> record.leaderEpoch().orElse(-1) <= ranges.leaderEpoch())
                    .forEach(told::add);
        }
        Map<Long, FailedRecord> failed = origin.failed().stream()
                .filter(record -> Optional.ofNullable(log.records().get(record.offset()))
                        .filter(record::isAbout)
                        .isPresent())
                .collect(Collectors.toMap(FailedRecord::offset, record -> record, (one, other) -> other));
        return new Committed(commit.offset(), commit.leaderEpoch(), told, origin.text(), failed);
    }

    /** Returns a commit as it was to be understood when it was applied. */
    Committed asApplied(Optional<OffsetAndMetadata> commit) {
        return commit.map(offset -> commits.getOrDefault(offset, Committed.NOTHING))
                .orElse(Committed.NOTHING);
    }

    /** Notes that the log ends earlier than it did. What follows are other records. */
    void truncated(long end) {
        late.tailSet(end, true).clear();
        handover.forgetFrom(end);
        lowestOpen = Math.min(lowestOpen, end);
    }

    /** Returns what the next owner knows of attempts. */
    Attempts handover() {
        return handover;
    }

    /** Begins an ownership. Until it hands over, whoever comes next has nothing to go by. */
    void begin(Ownership ownership) {
        latest = Optional.of(ownership);
        handover = Attempts.unknown();
    }

    /** Hands over what an owner knows, unless it was taken for dead and another has begun since. */
    void handOver(Ownership owner) {
        if (latest.filter(owner::equals).isPresent()) {
            handover = owner.attempts();
        }
    }
}
