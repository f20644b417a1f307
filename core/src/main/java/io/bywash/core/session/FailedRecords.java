package io.bywash.core.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The records of one ownership that have failed and are not complete: at most one where the partition is kept in order, one per key
 * otherwise. Written by the worker, and by whoever finds that one is complete; read by all.
 */
public final class FailedRecords {
    private volatile List<FailedRecord> records;

    FailedRecords(List<FailedRecord> inherited) {
        records = List.copyOf(inherited);
    }

    /**
     * Tells whether there is none, which is nearly always so.
     *
     * @return true if no record has failed
     */
    public boolean isEmpty() {
        return records.isEmpty();
    }

    /**
     * Returns all of them.
     *
     * @return an immutable list in the order of the offsets
     */
    public List<FailedRecord> all() {
        return records;
    }

    /**
     * Returns what is known of one record.
     *
     * @param offset its offset
     * @return its failures, those under a former owner included; nothing if it has not failed
     */
    public Optional<FailedRecord> at(long offset) {
        for (FailedRecord record : records) {
            if (record.offset() == offset) {
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns how often a record has failed.
     *
     * @param offset its offset
     * @return 0 if it has not
     */
    public int attempts(long offset) {
        return at(offset).map(FailedRecord::attempts).orElse(0);
    }

    /**
     * Tells whether any record waits for an operator.
     *
     * @return true if one is halted
     */
    public boolean areHalted() {
        return records.stream().anyMatch(FailedRecord::halted);
    }

    /**
     * Notes a failure.
     *
     * @param failed what is known now
     */
    public synchronized void put(FailedRecord failed) {
        List<FailedRecord> changed = without(failed.offset());
        changed.add(failed);
        changed.sort(Comparator.comparingLong(FailedRecord::offset));
        records = List.copyOf(changed);
    }

    /**
     * Forgets a record.
     *
     * @param offset the offset of one that is complete, or that is to be tried as if it had not failed
     */
    public synchronized void remove(long offset) {
        records = List.copyOf(without(offset));
    }

    /**
     * Forgets all records up to one, those that no longer exist included.
     *
     * @param offset the offset of a record that is complete, as all before it are
     */
    public synchronized void removeThrough(long offset) {
        records = records.stream().filter(record -> record.offset() > offset).toList();
    }

    private List<FailedRecord> without(long offset) {
        List<FailedRecord> others = new ArrayList<>(records);
        others.removeIf(record -> record.offset() == offset);
        return others;
    }
}
