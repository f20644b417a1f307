package io.bywash.core.pull;

import io.bywash.core.event.RecordPosition;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What an application says of its records: that they are done, or to be read again. Any thread. */
final class Marks {
    /** Brokers take 4,096 bytes by default ({@code offset.metadata.max.bytes}), a part of which the engine needs. */
    private static final int TEXT_BYTES = 3_000;

    private final ReaderContext<?, ?> context;
    private final Sources sources;
    private final PollRequests poll;

    Marks(ReaderContext<?, ?> context, Sources sources, PollRequests poll) {
        this.context = context;
        this.sources = sources;
        this.poll = poll;
    }

    void mark(ReadRecord<?, ?> record, Optional<String> text) {
        mark(record.position(), Optional.of(record.source()), text);
    }

    void mark(RecordPosition position, Optional<String> text) {
        mark(position, sources.of(position.partition()), text);
    }

    private void mark(RecordPosition position, Optional<PartitionSource> source, Optional<String> text) {
        text.ifPresent(Marks::check);
        if (source.filter(present -> present.mark(position.offset(), text)).isEmpty()) {
            context.late(position);
        }
    }

    private static void check(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > TEXT_BYTES) {
            throw new IllegalArgumentException("a mark's text of " + bytes + " bytes in UTF-8 is too long, at most "
                    + TEXT_BYTES + " fit beside an offset; keep it elsewhere and its key here");
        }
    }

    void reset(ReadRecord<?, ?> record) {
        record.source().cut();
        poll.reset(record.source().session(), record.offset());
    }

    void reset(RecordPosition target) {
        sources.of(target.partition()).ifPresent(PartitionSource::cut);
        poll.reset(target);
    }
}
