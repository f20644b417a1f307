package io.bywash.core.lane;

import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.session.Batch;
import io.bywash.core.session.PartitionSession;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records of one session off its queue, one by one, and leaves out those that a former owner completed before their turn.
 * Belongs to the turn of its {@link Sequencer}.
 */
final class Intake {
    private final PartitionSession session;
    private DoneRanges done;
    private List<ConsumerRecord<byte[], byte[]>> records = List.of();
    private int index;
    private long bytesLeft;
    private long takenThrough;
    private int leaderEpoch;

    Intake(PartitionSession session) {
        this.session = session;
        this.done = session.origin().done();
        this.takenThrough = session.origin().offset() - 1;
        this.leaderEpoch = done.leaderEpoch();
    }

    boolean hasNext() {
        return index < records.size() || session.queue().hasBatch();
    }

    /** Takes the next record that is not complete; nothing if there is none. */
    @Nullable
    Item next(LaneWorker partition) {
        while (index < records.size() || nextBatch()) {
            ConsumerRecord<byte[], byte[]> record = records.get(index);
            int bytes = share();
            pass();
            takenThrough = record.offset();
            leaderEpoch = record.leaderEpoch().orElse(leaderEpoch);
            if (!done.isEmpty() && wasDone(record)) {
                session.queue().finished(1, bytes);
            } else {
                return new Item(partition, record, bytes);
            }
        }
        return null;
    }

    /** Goes beyond a record. A batch is not held any longer than it is needed: thousands of partitions may rest, each with its last. */
    private void pass() {
        index++;
        if (index == records.size()) {
            records = List.of();
            index = 0;
        }
    }

    /** Looks at the next record of those taken off the queue. */
    @Nullable
    ConsumerRecord<byte[], byte[]> peek() {
        return index < records.size() ? records.get(index) : null;
    }

    private boolean nextBatch() {
        Optional<Batch> next = session.queue().poll();
        if (next.isEmpty()) {
            return false;
        }
        records = next.get().records();
        bytesLeft = next.get().bytes();
        index = 0;
        return true;
    }

    /** Returns the record's part of the bytes of its batch, so that all parts together are what the batch was counted as. */
    private int share() {
        long part = bytesLeft / (records.size() - index);
        bytesLeft -= part;
        return Math.toIntExact(part);
    }

    private boolean wasDone(ConsumerRecord<byte[], byte[]> record) {
        // Epochs never fall along a log, so after one that is newer than the ranges nothing more is covered.
        if (record.offset() >= done.end() || record.leaderEpoch().orElse(-1) > done.leaderEpoch()) {
            done = DoneRanges.NONE;
        }
        return done.cover(record);
    }

    /** Returns what a former owner completed and what has not been read again yet. */
    DoneRanges stillAhead() {
        return done.above(takenThrough + 1);
    }

    long takenThrough() {
        return takenThrough;
    }

    int leaderEpoch() {
        return leaderEpoch;
    }
}
