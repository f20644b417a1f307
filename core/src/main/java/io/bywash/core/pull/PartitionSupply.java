package io.bywash.core.pull;

import java.util.Optional;

/** The records of one ownership of one partition. */
final class PartitionSupply<K, V> implements Supply<ReadRecord<K, V>> {
    private final PartitionSource source;
    private final Offering<K, V> offering;
    private final Decoding<K, V> decoding;

    PartitionSupply(PartitionSource source, Offering<K, V> offering, Decoding<K, V> decoding) {
        this.source = source;
        this.offering = offering;
        this.decoding = decoding;
    }

    @Override
    public Optional<ReadRecord<K, V>> take() {
        return isOver() ? Optional.empty() : source.peek().map(raw -> decoding.handOut(source, raw));
    }

    @Override
    public boolean isCurrent(ReadRecord<K, V> element) {
        return source.isReadable();
    }

    @Override
    public boolean isOver() {
        // In this order, since a failure of the reader comes out of the stream of streams alone.
        return !source.isReadable() || offering.isOver();
    }

    @Override
    public void close() {
        decoding.close();
        source.closeStream();
    }
}
