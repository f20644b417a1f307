package io.bywash.core.pull;

import io.bywash.core.event.RecordPosition;
import io.bywash.core.session.Origin;
import io.bywash.core.session.TakerFactory;
import io.bywash.core.thread.Bell;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * The reading side of one reader: its streams, and what the application says of the records. Any thread, apart from {@link #end}.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public final class Reading<K, V> {
    private final ReaderContext<K, V> context;
    private final Lifetime lifetime;
    private final Commits commits;
    private final Sources sources;
    private final Marks marks;
    private final Bell bell = new Bell();
    private Optional<RecordStream<K, V>> records = Optional.empty();
    private Optional<PartitionStreams<K, V>> partitions = Optional.empty();

    /**
     * Creates the reading side of a reader.
     *
     * @param context what its parts share
     * @param poll what it asks of the poll thread
     */
    public Reading(ReaderContext<K, V> context, PollRequests poll) {
        this.context = context;
        this.lifetime = new Lifetime(context.failure());
        this.commits = new Commits(context.name(), poll);
        this.sources = new Sources(context, commits);
        this.marks = new Marks(context, sources, poll);
    }

    /**
     * Returns who takes the records of sessions.
     *
     * @return the factory for the poll loop
     */
    public TakerFactory takers() {
        return sources;
    }

    /**
     * Returns the stream of all records.
     *
     * @return the one there is
     * @throws IllegalStateException if the reader is read by partitions
     */
    public synchronized RecordStream<K, V> records() {
        refuseIf(partitions.isPresent(), "partitions()", "records()");
        if (records.isEmpty()) {
            Rotation<K, V> rotation = new Rotation<>(bell, lifetime, new Decoding<>(context));
            records = Optional.of(new RecordStream<>(
                    new Feed<>("the record stream of reader " + context.name(), context.ticker(), bell, rotation)));
            sources.readBy(rotation);
        }
        return records.get();
    }

    /**
     * Returns the stream of partitions.
     *
     * @return the one there is
     * @throws IllegalStateException if the reader is read as one stream of records
     */
    public synchronized PartitionStreams<K, V> partitions() {
        refuseIf(records.isPresent(), "records()", "partitions()");
        if (partitions.isEmpty()) {
            Offering<K, V> offering = new Offering<>(context, lifetime, bell);
            partitions = Optional.of(new PartitionStreams<>(
                    new Feed<>("the partition stream of reader " + context.name(), context.ticker(), bell, offering),
                    () -> {
                        offering.end();
                        sources.wakeAll();
                    }));
            sources.readBy(offering);
        }
        return partitions.get();
    }

    private void refuseIf(boolean taken, String used, String wanted) {
        if (taken) {
            throw new IllegalStateException("reader " + context.name() + " is read by " + used + " already, so "
                    + wanted + " would get only a part of the records; use one of them, or a reader for each");
        }
    }

    /**
     * Marks a record and all before it in its partition as done. If it was read under an ownership that is over, that is reported as late.
     *
     * @param record the record
     * @param text what to keep with the offset
     * @throws IllegalArgumentException if the text is too long
     */
    public void mark(ReadRecord<?, ?> record, Optional<String> text) {
        marks.mark(record, text);
    }

    /**
     * Marks a record and all before it in its partition as done. If it was not handed out under the present ownership, that is reported as
     * late.
     *
     * @param position the record
     * @param text what to keep with the offset
     * @throws IllegalArgumentException if the text is too long
     */
    public void mark(RecordPosition position, Optional<String> text) {
        marks.mark(position, text);
    }

    /**
     * Has a record and all after it in its partition read again. If it was read under an ownership that is over, that is reported as late.
     *
     * @param record the record
     */
    public void reset(ReadRecord<?, ?> record) {
        marks.reset(record);
    }

    /**
     * Reads a partition on from a position. If the partition is not here, that is reported as late.
     *
     * @param target the record to read next
     * @throws IllegalArgumentException if the offset is negative
     */
    public void reset(RecordPosition target) {
        marks.reset(target);
    }

    /**
     * Commits what is marked, and waits for the answer.
     *
     * @param timeout how long to wait
     */
    public void commit(Duration timeout) {
        commits.commit(timeout, sources::areAwaited);
    }

    /**
     * Returns where the present ownership of a partition began.
     *
     * @param partition the partition
     * @return the origin, if the partition is here
     */
    public Optional<Origin> origin(TopicPartition partition) {
        return sources.of(partition).map(source -> source.session().origin());
    }

    /** Ends all streams at once; no stream is waited for any more. */
    public synchronized void close() {
        lifetime.close();
        sources.abandon();
        records.ifPresent(RecordStream::close);
        partitions.ifPresent(PartitionStreams::close);
    }

    /** Ends all streams and commits, since the engine has stopped. Called once, when no session is left. */
    public void end() {
        lifetime.end();
        commits.end();
        bell.ring();
        sources.wakeAll();
    }
}
