package io.bywash.core.ledger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The leader epochs of delivered records, as the offsets at which they change. Epochs never fall along a log, so a batch whose
 * ends agree needs no look inside. Belongs to the poll thread.
 */
final class EpochHistory {
    private final Deque<Change> changes = new ArrayDeque<>();
    private Optional<Integer> latest;

    EpochHistory(long start, Optional<Integer> epoch) {
        latest = epoch;
        changes.add(new Change(start, epoch));
    }

    void delivered(List<? extends ConsumerRecord<?, ?>> records) {
        if (records.get(records.size() - 1).leaderEpoch().equals(latest)) {
            return;
        }
        for (ConsumerRecord<?, ?> record : records) {
            if (!record.leaderEpoch().equals(latest)) {
                latest = record.leaderEpoch();
                changes.add(new Change(record.offset(), latest));
            }
        }
    }

    /** Returns the epoch of the last record below {@code offset}, and forgets what lies before it. */
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
