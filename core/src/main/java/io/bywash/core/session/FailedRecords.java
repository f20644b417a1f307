package io.bywash.core.session;

import io.bywash.core.session.FailedRecord.Standing;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of one ownership that have failed and are not complete: at most one where the partition is kept in order, one per key
 * otherwise. May be used from any thread.
 */
public final class FailedRecords {
    /** When a whole system fails there is one for every key, and each comes and goes by itself. */
    private final NavigableMap<Long, FailedRecord> records = new ConcurrentSkipListMap<>();

    /** Apart from the rest, which is handed on: the next owner counts from its own first failure. */
    private final NavigableMap<Long, Instant> failing = new ConcurrentSkipListMap<>();

    private final AtomicLong orders = new AtomicLong();

    FailedRecords(List<FailedRecord> inherited) {
        inherited.forEach(failed -> records.put(failed.offset(), failed));
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
     * Returns all of them. Each is as it was at some moment of the call.
     *
     * @return an immutable list in the order of the offsets
     */
    public List<FailedRecord> all() {
        return List.copyOf(records.values());
    }

    /**
     * Returns what is known of one record.
     *
     * @param record the record as it was read
     * @return its failures, those under a former owner included; nothing if it has not failed
     */
    public Optional<FailedRecord> of(ConsumerRecord<?, ?> record) {
        // Asked for every record that is called, so without an object as long as none has failed.
        return records.isEmpty() ? Optional.empty() : at(record.offset()).filter(failed -> failed.isAbout(record));
    }

    private Optional<FailedRecord> at(long offset) {
        return Optional.ofNullable(records.get(offset));
    }

    /**
     * Returns how often a record has failed.
     *
     * @param record the record as it was read
     * @return 0 if it has not
     */
    public int attempts(ConsumerRecord<?, ?> record) {
        return of(record).map(FailedRecord::attempts).orElse(0);
    }

    /**
     * Returns how often the record at an offset has failed, whichever record that is.
     *
     * @param offset the offset
     * @return 0 if none there has
     */
    public int attemptsAt(long offset) {
        return at(offset).map(FailedRecord::attempts).orElse(0);
    }

    /**
     * Tells whether any record waits for an operator.
     *
     * @return true if one is halted
     */
    public boolean areHalted() {
        return records.values().stream().anyMatch(FailedRecord::isHalted);
    }

    /**
     * Has a record wait for an operator. One that came as halted, perhaps with an order already, stays as it is.
     *
     * @param record a record that has failed
     */
    public void halt(ConsumerRecord<?, ?> record) {
        records.computeIfPresent(
                record.offset(),
                (offset, failed) ->
                        failed.isAbout(record) && !failed.isHalted() ? failed.with(Standing.HALTED) : failed);
    }

    /**
     * Leaves an operator's order about a halted record. An order is about one record at one halt: it is not kept for another, and
     * the first one counts.
     *
     * @param offset the record
     * @param standing what is to become of it
     * @return false if no record is halted there, or another order came before
     */
    boolean order(long offset, Standing standing) {
        Optional<FailedRecord> before = at(offset);
        while (before.filter(FailedRecords::waits).isPresent()) {
            FailedRecord halted = before.get();
            if (records.replace(offset, halted, halted.with(standing))) {
                orders.incrementAndGet();
                return true;
            }
            before = at(offset);
        }
        return false;
    }

    private static boolean waits(FailedRecord record) {
        return record.standing() == Standing.HALTED;
    }

    /**
     * Counts the orders there were, so that whoever obeys them need not look for them among the records.
     *
     * @return a number that is greater after each order
     */
    public long orders() {
        return orders.get();
    }

    /**
     * Notes a failure.
     *
     * @param failed what is known now
     */
    public void put(FailedRecord failed) {
        records.put(failed.offset(), failed);
    }

    /**
     * Returns since when a record fails under this owner.
     *
     * @param offset the record
     * @param now the time of the failure at hand, which is the first one unless one was noted before
     * @return the time of the first failure
     */
    public Instant failingSince(long offset, Instant now) {
        return failing.computeIfAbsent(offset, first -> now);
    }

    /**
     * Forgets a record, if it has failed.
     *
     * @param offset the offset of one that is complete, or that is to be tried as if it had not failed
     */
    public void remove(long offset) {
        failing.remove(offset);
        records.remove(offset);
    }

    /**
     * Forgets all records up to one, those that no longer exist included.
     *
     * @param offset the offset of a record that is complete, as all before it are
     */
    public void removeThrough(long offset) {
        failing.headMap(offset, true).clear();
        records.headMap(offset, true).clear();
    }
}
