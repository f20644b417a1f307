package io.bywash.core.pull;

import io.bywash.core.event.ConsumerFailedException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/**
 * The records of all partitions of a reader, in order within each partition, one of each partition in turn.
 *
 * <p>A loop over it waits for the next record and ends when the stream or its reader is closed, or when the thread is interrupted, which
 * stays set. When a failure stops the reader, the loop ends with a {@link ConsumerFailedException}.
 *
 * <p>When a partition is taken away, nothing waits for the application: the marks it has made by then are committed, and what it was
 * handed without marking it is read again by the next owner, possibly while this application still works on it.
 *
 * <p>One thread reads at a time; another that tries meanwhile gets an {@link IllegalStateException}. {@link #close} may be called by any.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public final class RecordStream<K, V> implements Iterable<ReadRecord<K, V>>, AutoCloseable {
    private final Feed<ReadRecord<K, V>> feed;

    RecordStream(Feed<ReadRecord<K, V>> feed) {
        this.feed = feed;
    }

    /**
     * Waits for the next record. With a time-out of zero it does not wait, so a loop of polls can do other things in between.
     *
     * @param timeout how long to wait
     * @return the record; nothing if none came in time, the stream is over, or the thread is interrupted
     * @throws ConsumerFailedException if a failure stopped the reader
     */
    public Optional<ReadRecord<K, V>> poll(Duration timeout) {
        return feed.poll(timeout);
    }

    @Override
    public Iterator<ReadRecord<K, V>> iterator() {
        return feed.iterator();
    }

    /** Ends the stream at once, even while a thread waits in it. The reader stays in its group until it is closed itself. */
    @Override
    public void close() {
        feed.close();
    }
}
