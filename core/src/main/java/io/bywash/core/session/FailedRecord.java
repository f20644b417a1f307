package io.bywash.core.session;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is known of a record that has failed and is not complete. It is handed to the next owner with the last commit, so that
 * attempts are not begun anew at every rebalance.
 *
 * <p>An offset alone does not name a record for ever: after a truncation another one may have it, under a newer leader epoch, and
 * that one has not failed.
 *
 * @param offset the record
 * @param leaderEpoch the leader epoch it was read with, or -1 if the broker tells none
 * @param attempts how often it has failed, from 1
 * @param standing what becomes of it
 */
public record FailedRecord(long offset, int leaderEpoch, int attempts, Standing standing) {

    /** What becomes of a failed record. */
    public enum Standing {
        /** The failure policy sees to it. */
        PENDING,
        /** It waits for an operator. */
        HALTED,
        /** An operator wants it tried again, with all its attempts. */
        RETRY_ORDERED,
        /** An operator wants it left out. */
        SKIP_ORDERED
    }

    /**
     * Describes a record.
     *
     * @param record the record as it was read
     * @param attempts how often it has failed, from 1
     * @param standing what becomes of it
     * @return what is known now
     */
    public static FailedRecord of(ConsumerRecord<?, ?> record, int attempts, Standing standing) {
        return new FailedRecord(record.offset(), epoch(record), attempts, standing);
    }

    private static int epoch(ConsumerRecord<?, ?> record) {
        return record.leaderEpoch().orElse(-1);
    }

    /**
     * Tells whether this is about a record, and not about another that once had its offset.
     *
     * @param record a record as it was read
     * @return true if it is the one that failed
     */
    public boolean isAbout(ConsumerRecord<?, ?> record) {
        return offset == record.offset() && leaderEpoch == epoch(record);
    }

    /**
     * Tells whether the record gets no further attempt unless an operator wants it.
     *
     * @return true until an order is carried out
     */
    public boolean isHalted() {
        return standing != Standing.PENDING;
    }

    FailedRecord with(Standing now) {
        return new FailedRecord(offset, leaderEpoch, attempts, now);
    }
}
