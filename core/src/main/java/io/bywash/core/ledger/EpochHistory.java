package io.bywash.core.ledger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The leader epochs of what was read, as the offsets at which they change. Epochs never fall along a log, so a batch whose
 * ends agree needs no look inside. What the client passes over, such as the marker of a transaction, may be the first that a leader wrote:
 * a change counts from the end of what was read before it, or a commit beyond would carry an epoch that ended below it, which looks as if
 * the log had been cut. Belongs to the poll thread.
 */
final class EpochHistory {
    private final Deque<Change> changes = new ArrayDeque<>();
    private Optional<Integer> latest;
    private long read;

    EpochHistory(long start, Optional<Integer> epoch) {
        latest = epoch;
        read = start;
        changes.add(new Change(start, epoch));
    }

    /** Notes records that were read. */
    void delivered(List<? extends ConsumerRecord<?, ?>> records) {
        ConsumerRecord<?, ?> last = records.get(records.size() - 1);
        if (!last.leaderEpoch().equals(latest)) {
            for (ConsumerRecord<?, ?> record : records) {
                readUnder(record.leaderEpoch());
                read = record.offset() + 1;
            }
        }
        read = last.offset() + 1;
    }

    /** Notes where reading goes on, and under which epoch that is which stands before it, if the client tells. */
    void advanced(long next, Optional<Integer> epoch) {
        if (epoch.isPresent()) {
            readUnder(epoch);
        }
        read = Math.max(read, next);
    }

    private void readUnder(Optional<Integer> epoch) {
        if (!epoch.equals(latest)) {
            latest = epoch;
            changes.add(new Change(read, epoch));
        }
    }

    /** Returns the epoch of what is the last below {@code offset}, and forgets what lies before it. */
    Optional<Integer> below(long offset) {
        Change current = changes.removeFirst();
        while (!changes.isEmpty() && changes.peekFirst().from < offset) {
            current = changes.removeFirst();
        }
        changes.addFirst(current);
        return current.epoch;
    }

    private record Change(long from, Optional<Integer> epoch) {}
}
