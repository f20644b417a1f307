package io.bywash.core.pull;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * The records of one partition as long as it is here, in order. A loop over it ends when the partition is taken away or
 * {@linkplain io.bywash.core.GroupReader#reset reset}, when the streams of the reader or the reader are closed, or when the thread is
 * interrupted, which stays set.
 *
 * <p>Whoever gets a stream must close it, best with a {@code try} around the loop. While a partition is being taken away, the reader's
 * side of the rebalance waits for that, up to eight tenths of the drain time-out: what is marked before the stream is closed is
 * committed before the next owner begins. And before a stream is closed, no other one of the same partition begins.
 *
 * <p>One thread reads at a time; another that tries meanwhile gets an {@link IllegalStateException}. {@link #close} may be called by any.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public final class PartitionStream<K, V> implements Iterable<ReadRecord<K, V>>, AutoCloseable {
    private final PartitionSource source;
    private final Feed<ReadRecord<K, V>> feed;

    PartitionStream(PartitionSource source, Feed<ReadRecord<K, V>> feed) {
        this.source = source;
        this.feed = feed;
    }

    /**
     * Returns the partition.
     *
     * @return the topic and partition
     */
    public TopicPartition partition() {
        return source.partition();
    }

    /**
     * Returns where the stream begins.
     *
     * @return the offset committed before, or the one the partition starts from, or the one it was reset to
     */
    public long initialOffset() {
        return source.session().origin().offset();
    }

    /**
     * Returns the text that was marked and committed with {@link #initialOffset}.
     *
     * @return the text; nothing if there was none
     */
    public Optional<String> text() {
        return source.session().origin().text();
    }

    /**
     * Waits for the next record. With a time-out of zero it does not wait.
     *
     * @param timeout how long to wait
     * @return the record; nothing if none came in time, the stream is over, or the thread is interrupted
     */
    public Optional<ReadRecord<K, V>> poll(Duration timeout) {
        return feed.poll(timeout);
    }

    /**
     * Tells whether the partition is still here. A long piece of work may want to know it.
     *
     * @return false once the stream brings no further record
     */
    public boolean isOpen() {
        return source.isReadable() && !feed.isClosed();
    }

    @Override
    public Iterator<ReadRecord<K, V>> iterator() {
        return feed.iterator();
    }

    /** Ends the stream and lets the partition go, if it is being taken away. Records that wait are not handed out to anybody here. */
    @Override
    public void close() {
        feed.close();
    }
}
