package io.bywash.core.session;

import io.bywash.core.session.FailedRecord.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of one ownership that have failed and are not complete: at most one where the partition is kept in order, one per key
 * otherwise. May be used from any thread.
 */
public final class FailedRecords {
    private final AtomicReference<List<FailedRecord>> records;

    /** Apart from the rest, which is handed on: the next owner counts from its own first failure. */
    private final Map<Long, Instant> failing = new ConcurrentHashMap<>();

    FailedRecords(List<FailedRecord> inherited) {
        // Nothing that a broker holds is sure to be in order.
        TreeMap<Long, FailedRecord> sorted = new TreeMap<>();
        inherited.forEach(failed -> sorted.put(failed.offset(), failed));
        records = new AtomicReference<>(List.copyOf(sorted.values()));
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
     * @param record the record as it was read
     * @return its failures, those under a former owner included; nothing if it has not failed
     */
    public Optional<FailedRecord> of(ConsumerRecord<?, ?> record) {
        List<FailedRecord> now = all();
        int index = indexOf(now, record.offset());
        // Asked for every record that is called, so without a lambda, which would be one more object.
        return index >= 0 && now.get(index).isAbout(record) ? Optional.of(now.get(index)) : Optional.empty();
    }

    private static Optional<FailedRecord> at(List<FailedRecord> sorted, long offset) {
        int index = indexOf(sorted, offset);
        return index < 0 ? Optional.empty() : Optional.of(sorted.get(index));
    }

    /**
     * Returns where a record is, or, negative and less one, where it would be. When a whole system fails, there is one for every key,
     * and each record is looked for.
     */
    private static int indexOf(List<FailedRecord> sorted, long offset) {
        int low = 0;
        int high = sorted.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int comparison = Long.compare(sorted.get(middle).offset(), offset);
            if (comparison == 0) {
                return middle;
            }
            if (comparison < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
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
        return at(all(), offset).map(FailedRecord::attempts).orElse(0);
    }

    /**
     * Tells whether any record waits for an operator.
     *
     * @return true if one is halted
     */
    public boolean areHalted() {
        return all().stream().anyMatch(FailedRecord::isHalted);
    }

    /**
     * Has a record wait for an operator. One that came as halted, perhaps with an order already, stays as it is.
     *
     * @param record a record that has failed
     */
    public void halt(ConsumerRecord<?, ?> record) {
        records.updateAndGet(now -> now.stream()
                .map(failed -> failed.isAbout(record) && !failed.isHalted() ? failed.with(Standing.HALTED) : failed)
                .toList());
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
        List<FailedRecord> before = Objects.requireNonNull(records.getAndUpdate(now -> now.stream()
                .map(record -> waits(record, offset) ? record.with(standing) : record)
                .toList()));
        return before.stream().anyMatch(record -> waits(record, offset));
    }

    private static boolean waits(FailedRecord record, long offset) {
        return record.offset() == offset && record.standing() == Standing.HALTED;
    }

    /**
     * Notes a failure.
     *
     * @param failed what is known now
     */
    public void put(FailedRecord failed) {
        records.updateAndGet(now -> {
            int index = indexOf(now, failed.offset());
            List<FailedRecord> copy = new ArrayList<>(now);
            if (index < 0) {
                copy.add(-index - 1, failed);
            } else {
                copy.set(index, failed);
            }
            return Collections.unmodifiableList(copy);
        });
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
        records.updateAndGet(now -> {
            int index = indexOf(now, offset);
            if (index < 0) {
                return now;
            }
            List<FailedRecord> copy = new ArrayList<>(now);
            copy.remove(index);
            return Collections.unmodifiableList(copy);
        });
    }

    /**
     * Forgets all records up to one, those that no longer exist included.
     *
     * @param offset the offset of a record that is complete, as all before it are
     */
    public void removeThrough(long offset) {
        failing.keySet().removeIf(failed -> failed <= offset);
        records.updateAndGet(
                now -> now.stream().filter(record -> record.offset() > offset).toList());
    }
}
