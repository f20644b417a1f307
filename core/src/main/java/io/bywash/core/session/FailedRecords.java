package io.bywash.core.session;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The records of one ownership that have failed and are not complete: at most one where the partition is kept in order, one per key
 * otherwise. May be used from any thread.
 */
public final class FailedRecords {
    private final AtomicReference<List<FailedRecord>> records;

    FailedRecords(List<FailedRecord> inherited) {
        records = new AtomicReference<>(List.copyOf(inherited));
    }

    /**
     * Tells whether there is none, which is nearly always so.
     *
     * @return true if no record has failed
     */
    public boolean isEmpty() {
        return all().isEmpty();
    }

    /**
     * Returns all of them.
     *
     * @return an immutable list in the order of the offsets
     */
    public List<FailedRecord> all() {
        return Objects.requireNonNull(records.get());
    }

    /**
     * Returns what is known of one record.
     *
     * @param offset its offset
     * @return its failures, those under a former owner included; nothing if it has not failed
     */
    public Optional<FailedRecord> at(long offset) {
        for (FailedRecord record : all()) {
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
        return all().stream().anyMatch(FailedRecord::halted);
    }

    /**
     * Notes a failure.
     *
     * @param failed what is known now
     */
    public void put(FailedRecord failed) {
        records.updateAndGet(now -> Stream.concat(without(now, failed.offset()), Stream.of(failed))
                .sorted(Comparator.comparingLong(FailedRecord::offset))
                .toList());
    }

    /**
     * Forgets a record, if it has failed.
     *
     * @param offset the offset of one that is complete, or that is to be tried as if it had not failed
     */
    public void remove(long offset) {
        if (at(offset).isPresent()) {
            records.updateAndGet(now -> without(now, offset).toList());
        }
    }

    /**
     * Forgets all records up to one, those that no longer exist included.
     *
     * @param offset the offset of a record that is complete, as all before it are
     */
    public void removeThrough(long offset) {
        records.updateAndGet(
                now -> now.stream().filter(record -> record.offset() > offset).toList());
    }

    private static Stream<FailedRecord> without(List<FailedRecord> records, long offset) {
        return records.stream().filter(record -> record.offset() != offset);
    }
}
