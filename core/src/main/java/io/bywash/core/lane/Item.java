package io.bywash.core.lane;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that was taken and is not complete: the one object that is allocated per record. It is a link of several lists at once, so
 * that none of them allocates.
 *
 * <p>Belongs to the turn of its {@link Sequencer}; only {@link #result} and {@link #call} are written by the lane that has taken it.
 */
final class Item {
    final LaneWorker partition;
    final ConsumerRecord<byte[], byte[]> record;
    final int bytes;

    /** The hash of the key; 0 if the item waits for no key. */
    int hash;

    /** The neighbours among the incomplete items, in the order of the offsets. */
    @Nullable
    Item before;

    @Nullable
    Item after;

    /** The next one in a queue: of those that may run, or of those handed back. */
    @Nullable
    Item next;

    /** The next one with the same key, which waits for this one; and, at the first of them, the last. */
    @Nullable
    Item behind;

    @Nullable
    Item last;

    /** The next one in a bucket of the key table. */
    @Nullable
    Item nextInBucket;

    /** The number of the call it is in or was last in, among those of the lane. Written by the lane before the call begins. */
    long call;

    /** What came of it. */
    @Nullable
    Result result;

    Item(LaneWorker partition, ConsumerRecord<byte[], byte[]> record, int bytes) {
        this.partition = partition;
        this.record = record;
        this.bytes = bytes;
    }
}
