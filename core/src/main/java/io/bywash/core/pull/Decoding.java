package io.bywash.core.pull;

import io.bywash.core.binding.DecodeException;
import io.bywash.core.binding.RecordDecoder;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.metrics.ConsumerMetrics.Count;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes records on the thread that reads them. Belongs to one {@link Feed}. */
final class Decoding<K, V> {
    private final ReaderContext<K, V> context;
    private final RecordDecoder<K, V> decoder;

    Decoding(ReaderContext<K, V> context) {
        this.context = context;
        this.decoder = context.decoders().get();
    }

    /** Decodes the record a source has next. If that ends in an {@link Error}, the record has not been handed out. */
    ReadRecord<K, V> handOut(PartitionSource source, ConsumerRecord<byte[], byte[]> raw) {
        ReadRecord<K, V> record = decode(source, raw);
        source.advance();
        return record;
    }

    private ReadRecord<K, V> decode(PartitionSource source, ConsumerRecord<byte[], byte[]> raw) {
        try {
            return ReadRecord.decoded(source, raw, decoder.decode(raw));
        } catch (DecodeException e) {
            ReadRecord<K, V> record = ReadRecord.undecodable(source, raw, e);
            context.metrics().add(Count.FAILED, 1);
            context.events().publish(new GroupEvent.DecodeFailed(record.position(), e));
            return record;
        }
    }

    void close() {
        decoder.close();
    }
}
