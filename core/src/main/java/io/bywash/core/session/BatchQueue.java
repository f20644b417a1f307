package io.bywash.core.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Hands batches from the poll thread to the one that takes them: one producer, one consumer, no lock. One small node is allocated
 * per batch, none per record. A record counts as waiting until it is {@linkplain #finished finished}, since until then its memory
 * is held.
 */
public final class BatchQueue {
    private static final VarHandle NEXT;
    private static final VarHandle FINISHED_RECORDS;
    private static final VarHandle FINISHED_BYTES;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            NEXT = lookup.findVarHandle(Node.class, "next", Node.class);
            FINISHED_RECORDS = lookup.findVarHandle(BatchQueue.class, "finishedRecords", long.class);
            FINISHED_BYTES = lookup.findVarHandle(BatchQueue.class, "finishedBytes", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int bound;
    private Node tail = new Node();
    private Node head = tail;

    /** The last node whose records are known to be complete. Of the poll thread, like the tail. */
    private Node passed = tail;

    private long offeredRecords;
    private long offeredBytes;
    private volatile long finishedRecords;
    private volatile long finishedBytes;

    /**
     * Creates an empty queue.
     *
     * @param bound how many records may wait before nothing more may be offered
     */
    public BatchQueue(int bound) {
        this.bound = bound;
    }

    /**
     * Adds a batch. Called by the poll thread.
     *
     * @param batch the batch
     * @throws IllegalStateException if the bound was reached before, so the partition should have been paused
     */
    public void offer(Batch batch) {
        if (waitingRecords() >= bound) {
            throw new IllegalStateException(waitingRecords() + " records wait, the bound is " + bound
                    + ", and yet another batch came; the partition should have been paused");
        }
        offeredRecords += batch.records().size();
        offeredBytes += batch.bytes();
        Node node = new Node(batch);
        NEXT.setRelease(tail, node);
        tail = node;
    }

    /**
     * Takes the oldest batch. Called by the taker.
     *
     * @return the batch, or nothing if none waits
     */
    public Optional<Batch> poll() {
        Node next = (Node) NEXT.getAcquire(head);
        if (next == null) {
            return Optional.empty();
        }
        head = next;
        Optional<Batch> batch = Optional.ofNullable(next.batch);
        next.batch = null;
        return batch;
    }

    /**
     * Tells whether a batch can be taken. Called by the taker.
     *
     * @return true if {@link #poll} would return one
     */
    public boolean hasBatch() {
        return NEXT.getAcquire(head) != null;
    }

    /**
     * Gives up room. Called by the taker.
     *
     * @param records how many records are over
     * @param bytes how much memory is no longer held
     */
    public void finished(long records, long bytes) {
        FINISHED_RECORDS.setRelease(this, finishedRecords + records);
        FINISHED_BYTES.setRelease(this, finishedBytes + bytes);
    }

    /**
     * Returns how old the oldest batch is that is not complete. Called by the poll thread.
     *
     * @param frontier the first offset that is not complete
     * @return the timestamp of the first record of that batch, in milliseconds; nothing if there is no such batch, or no timestamp
     */
    public OptionalLong timestampAt(long frontier) {
        Node next = passed.next;
        while (next != null && next.lastOffset < frontier) {
            passed = next;
            next = passed.next;
        }
        return next == null ? OptionalLong.empty() : timestamp(next.firstTimestamp);
    }

    /**
     * Returns when the last record that was offered was written. Called by the poll thread.
     *
     * @return its timestamp in milliseconds; nothing if there was none, or it has none
     */
    public OptionalLong lastTimestamp() {
        return timestamp(tail.lastTimestamp);
    }

    private static OptionalLong timestamp(long millis) {
        return millis < 0 ? OptionalLong.empty() : OptionalLong.of(millis);
    }

    /**
     * Counts the records that wait or are being worked on. Called by the poll thread.
     *
     * @return the number
     */
    public long waitingRecords() {
        return offeredRecords - finishedRecords;
    }

    /**
     * Adds up the memory held. Called by the poll thread.
     *
     * @return bytes of keys and values
     */
    public long waitingBytes() {
        return offeredBytes - finishedBytes;
    }

    private static final class Node {
        private final long lastOffset;
        private final long firstTimestamp;
        private final long lastTimestamp;
        private @Nullable Batch batch;
        private volatile @Nullable Node next;

        /** Creates the node before the first. */
        Node() {
            lastOffset = -1;
            firstTimestamp = ConsumerRecord.NO_TIMESTAMP;
            lastTimestamp = ConsumerRecord.NO_TIMESTAMP;
        }

        Node(Batch batch) {
            this.batch = batch;
            ConsumerRecord<?, ?> last = batch.records().get(batch.records().size() - 1);
            lastOffset = last.offset();
            firstTimestamp = batch.records().get(0).timestamp();
            lastTimestamp = last.timestamp();
        }
    }
}
