package io.bywash.core.pull;

import io.bywash.core.thread.Bell;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of all partitions, one of each in turn, so that a partition with many cannot starve the others. Takes as long for one
 * partition as for a thousand: only those with records are on the list.
 */
final class Rotation<K, V> implements Supply<ReadRecord<K, V>>, Intake {
    private final Bell bell;
    private final Lifetime lifetime;
    private final Decoding<K, V> decoding;
    private final Queue<PartitionSource> arrived = new ConcurrentLinkedQueue<>();

    // Of the reading thread.
    private final ArrayDeque<PartitionSource> turns = new ArrayDeque<>();

    Rotation(Bell bell, Lifetime lifetime, Decoding<K, V> decoding) {
        this.bell = bell;
        this.lifetime = lifetime;
        this.decoding = decoding;
    }

    @Override
    public void changed(PartitionSource source) {
        if (source.enlist()) {
            arrived.add(source);
        }
        bell.ring();
    }

    @Override
    public Optional<ReadRecord<K, V>> take() {
        for (Optional<PartitionSource> next = next(); next.isPresent(); next = next()) {
            PartitionSource source = next.get();
            // Off the list before the look: what comes after the look puts it back.
            source.delist();
            Optional<ConsumerRecord<byte[], byte[]>> raw = source.peek();
            if (raw.isPresent()) {
                if (source.enlist()) {
                    turns.add(source);
                }
                return Optional.of(decoding.handOut(source, raw.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<PartitionSource> next() {
        for (PartitionSource source = arrived.poll(); source != null; source = arrived.poll()) {
            turns.add(source);
        }
        return Optional.ofNullable(turns.poll());
    }

    @Override
    public boolean isCurrent(ReadRecord<K, V> element) {
        return element.source().isReadable();
    }

    @Override
    public boolean isOver() {
        return lifetime.isOver();
    }

    @Override
    public void close() {
        decoding.close();
    }
}
