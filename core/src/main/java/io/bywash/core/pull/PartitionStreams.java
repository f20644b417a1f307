package io.bywash.core.pull;

import io.bywash.core.event.ConsumerFailedException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/**
 * The partitions of a reader, each as a stream of its own, as they come. Each is meant for a thread of its own; a loop that reads one to
 * its end before it takes the next leaves all others waiting.
 *
 * <p>A loop over it waits for the next partition and ends when this stream or the reader is closed, or when the thread is interrupted,
 * which stays set. When a failure stops the reader, the streams of partitions end, and this loop with a
 * {@link ConsumerFailedException}.
 *
 * <p>One thread reads at a time; another that tries meanwhile gets an {@link IllegalStateException}. {@link #close} may be called by any.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public final class PartitionStreams<K, V> implements Iterable<PartitionStream<K, V>>, AutoCloseable {
    private final Feed<PartitionStream<K, V>> feed;
    private final Runnable endAll;

    PartitionStreams(Feed<PartitionStream<K, V>> feed, Runnable endAll) {
        this.feed = feed;
        this.endAll = endAll;
    }

    /**
     * Waits for the next partition. With a time-out of zero it does not wait.
     *
     * @param timeout how long to wait
     * @return the stream of a partition, which the caller closes; nothing if none came in time, the stream is over, or the thread is
     *     interrupted
     * @throws ConsumerFailedException if a failure stopped the reader
     */
    public Optional<PartitionStream<K, V>> poll(Duration timeout) {
        return feed.poll(timeout);
    }

    @Override
    public Iterator<PartitionStream<K, V>> iterator() {
        return feed.iterator();
    }

    /**
     * Ends this stream and those of all partitions at once, even while threads wait in them. For an orderly stop, close this first, let the
     * threads finish and mark what they are at, and then close the reader, which commits it.
     */
    @Override
    public void close() {
        endAll.run();
        feed.close();
    }
}
