package io.bywash.core.pull;

import io.bywash.core.session.Batch;
import io.bywash.core.session.CallInFlight;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.session.SessionState;
import io.bywash.core.session.Standstill;
import io.bywash.core.thread.Bell;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The taker of one session whose records an application takes. The poll thread calls the methods of {@link RecordTaker}; one thread at
 * a time, the one a {@link Feed} lets in, calls {@link #peek} and {@link #advance}; all others may be called from anywhere.
 */
final class PartitionSource implements RecordTaker {

    /** Whether an application has a stream of its own for the partition. */
    private enum Stream {
        NONE,
        OPEN,
        CLOSED
    }

    private final PartitionSession session;
    private final BooleanSupplier formerQuiet;
    private final Sources sources;
    private final Bell bell = new Bell();
    private final AtomicReference<Stream> stream = new AtomicReference<>(Stream.NONE);
    private final AtomicBoolean enlisted = new AtomicBoolean();
    private volatile boolean cut;
    private volatile long handedOut;

    // Of the reading thread.
    private List<ConsumerRecord<byte[], byte[]>> records = List.of();
    private long bytes;
    private int index;

    PartitionSource(PartitionSession session, BooleanSupplier formerQuiet, Sources sources) {
        this.session = session;
        this.formerQuiet = formerQuiet;
        this.sources = sources;
        this.handedOut = session.origin().offset() - 1;
    }

    /** Looks at the next record; nothing if none waits or none may be taken any more. */
    Optional<ConsumerRecord<byte[], byte[]>> peek() {
        if (!isReadable() || index == records.size() && !takeBatch()) {
            return Optional.empty();
        }
        return Optional.of(records.get(index));
    }

    private boolean takeBatch() {
        Optional<Batch> next = session.queue().poll();
        next.ifPresent(batch -> {
            records = batch.records();
            bytes = batch.bytes();
            index = 0;
        });
        return next.isPresent();
    }

    /** Notes that the record just looked at goes to the application, which from now on holds it instead of the buffer. */
    void advance() {
        handedOut = records.get(index).offset();
        index++;
        boolean through = index == records.size();
        session.queue().finished(1, through ? bytes : 0);
        if (through) {
            records = List.of();
            index = 0;
        }
    }

    /** Tells whether records may still be taken. */
    boolean isReadable() {
        return !cut && session.isOpen();
    }

    /** Lets no further record out, since reading is to go on elsewhere in the partition. */
    void cut() {
        cut = true;
        sources.changed(this);
    }

    /** Completes a record and all before it; false if it was not handed out under this ownership, or the ownership is over. */
    boolean mark(long offset, Optional<String> text) {
        if (cut || offset > handedOut || !session.state().counts()) {
            return false;
        }
        session.ledger().completeThrough(offset, text);
        return true;
    }

    /** Puts the source on a list, once; false if it is on it already. */
    boolean enlist() {
        // Written even if nothing changes: only so does a delist that comes after it see what came before it.
        return !enlisted.getAndSet(true);
    }

    /** Notes that the source was taken off the list. */
    void delist() {
        enlisted.getAndSet(false);
    }

    /** Tells whether a stream of its own can begin: the partition is here, and nobody is busy with a former ownership of it. */
    boolean isOnOffer() {
        return isReadable() && formerQuiet.getAsBoolean();
    }

    boolean hasNoStream() {
        return stream.get() == Stream.NONE;
    }

    /** Begins a stream of its own; false if there is one, or the partition went in the meantime. */
    boolean openStream() {
        if (!stream.compareAndSet(Stream.NONE, Stream.OPEN)) {
            return false;
        }
        if (!isReadable()) {
            closeStream();
        }
        return stream.get() == Stream.OPEN;
    }

    void closeStream() {
        stream.set(Stream.CLOSED);
        sources.changed(this);
    }

    /** Tells whether the partition is being taken away and the poll thread waits for its stream to be closed. */
    boolean isAwaited() {
        return session.state() == SessionState.STOPPING && !isQuiet();
    }

    Bell bell() {
        return bell;
    }

    PartitionSession session() {
        return session;
    }

    TopicPartition partition() {
        return session.partition();
    }

    @Override
    public void start() {
        sources.began(this);
    }

    @Override
    public void signal() {
        sources.signalled(this);
    }

    @Override
    public boolean isQuiet() {
        return stream.get() != Stream.OPEN || sources.areAbandoned();
    }

    @Override
    public boolean callsHandlers() {
        return false;
    }

    /** Does no more than wake the reader: the thread is the application's, and what it is at is none of the engine's business. */
    @Override
    public void interrupt() {
        bell.ring();
    }

    /** Reports no call: how long an application takes over a record is its own affair, and a stall is seen at the frontier. */
    @Override
    public List<CallInFlight> calls() {
        return List.of();
    }

    @Override
    public Standstill standstill() {
        return Standstill.OF_A_READER;
    }

    @Override
    public String toString() {
        return "the reader of " + session;
    }
}
