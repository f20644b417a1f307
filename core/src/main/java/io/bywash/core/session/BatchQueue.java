package io.bywash.core.session;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
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
    private Node tail = new Node(null);
    private Node head = tail;
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
        private @Nullable Batch batch;
        private volatile @Nullable Node next;

        Node(@Nullable Batch batch) {
            this.batch = batch;
        }
    }
}
